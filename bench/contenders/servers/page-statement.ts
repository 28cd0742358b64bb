/**
 * The page query in one statement, across the borders of the services. $1 is the space, $2 the hash of the token; who may see
 * the space is part of it, as it is of ours. Its cursor is not sealed. Each person is looked up once, however often they occur.
 */
export const pageStatement = `
WITH viewer AS (
  SELECT p.id, p.organization_id FROM people.access_token a JOIN people.person p ON p.id = a.person_id
  WHERE a.hash = $2 AND a.revoked_at IS NULL AND (a.expires_at IS NULL OR a.expires_at > now())
), seen AS (
  SELECT s.id, s.name FROM people.space s, viewer v WHERE s.id = $1 AND (
    s.visibility = 'open' OR (s.visibility = 'organization' AND v.organization_id = ANY(s.owners))
    OR EXISTS (SELECT 1 FROM people.space_member m WHERE m.space_id = s.id AND m.person_id = v.id AND m.role IS NOT NULL))
), page AS MATERIALIZED (
  SELECT i.id, i.title, i.stage, i.author_ids, i.endorsement_count, i.contribution_count, i.created_at,
    row_number() OVER (ORDER BY i.created_at DESC, i.id DESC) AS place
  FROM ideas.idea i WHERE i.space_id = (SELECT id FROM seen)
  ORDER BY i.created_at DESC, i.id DESC LIMIT 21
), shown AS MATERIALIZED (
  SELECT * FROM page WHERE place <= 20
), contribution AS MATERIALIZED (
  SELECT c.* FROM shown i CROSS JOIN LATERAL (
    SELECT idea_id, type, body, author_id, created_at, id FROM ideas.contribution
    WHERE idea_id = i.id ORDER BY created_at, id LIMIT 5) c
), conversation AS MATERIALIZED (
  SELECT c.* FROM shown i CROSS JOIN LATERAL (
    SELECT idea_id, id, title, message_count FROM conversations.conversation
    WHERE idea_id = i.id ORDER BY active_at DESC, id DESC LIMIT 1) c
), message AS MATERIALIZED (
  SELECT m.* FROM conversation c CROSS JOIN LATERAL (
    SELECT conversation_id, body, author_id, created_at, id FROM conversations.message
    WHERE conversation_id = c.id ORDER BY created_at DESC, id DESC LIMIT 3) m
), person AS MATERIALIZED (
  SELECT p.id, p.name, p.organization_id, coalesce(teams.names, '[]') AS teams
  FROM people.person p CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object('name', t.name) ORDER BY lower(t.name), t.id) AS names
    FROM people.membership m JOIN people.team t ON t.id = m.team_id WHERE m.person_id = p.id AND m.ended_at IS NULL
  ) teams
  WHERE p.id IN (SELECT unnest(author_ids) FROM shown UNION SELECT author_id FROM contribution UNION SELECT author_id FROM message)
), authors AS (
  SELECT i.id, json_agg(json_build_object('name', p.name, 'organization',
    (SELECT json_build_object('name', o.name) FROM people.organization o WHERE o.id = p.organization_id), 'teams', p.teams)
    ORDER BY a.place) AS nodes
  FROM shown i, unnest(i.author_ids) WITH ORDINALITY a(id, place) JOIN person p ON p.id = a.id GROUP BY i.id
), contributions AS (
  SELECT c.idea_id AS id, json_agg(json_build_object('type', upper(c.type), 'body', c.body, 'author',
    json_build_object('name', p.name, 'teams', p.teams)) ORDER BY c.created_at, c.id) AS nodes
  FROM contribution c JOIN person p ON p.id = c.author_id GROUP BY 1
), messages AS (
  SELECT m.conversation_id AS id, json_agg(json_build_object('body', m.body, 'author', json_build_object('name', p.name))
    ORDER BY m.created_at, m.id) AS nodes
  FROM message m JOIN person p ON p.id = m.author_id GROUP BY 1
), conversations AS (
  SELECT c.idea_id AS id, json_build_array(json_build_object('title', c.title, 'messageCount', c.message_count,
    'messages', json_build_object('nodes', coalesce(m.nodes, '[]')))) AS nodes
  FROM conversation c LEFT JOIN messages m ON m.id = c.id
), ideas AS (
  SELECT coalesce(json_agg(json_build_object('id', i.id, 'title', i.title, 'stage', i.stage,
    'endorsements', json_build_object('totalCount', i.endorsement_count),
    'authors', coalesce(a.nodes, '[]'),
    'contributions', json_build_object('totalCount', i.contribution_count, 'nodes', coalesce(k.nodes, '[]')),
    'conversations', json_build_object('nodes', coalesce(t.nodes, '[]'))) ORDER BY i.place), '[]') AS nodes
  FROM shown i LEFT JOIN authors a ON a.id = i.id LEFT JOIN contributions k ON k.id = i.id LEFT JOIN conversations t ON t.id = i.id
)
SELECT json_build_object('space', (SELECT json_build_object('name', s.name, 'ideas', json_build_object(
  'totalCount', (SELECT count(*) FROM ideas.idea i WHERE i.space_id = s.id),
  'nodes', (SELECT nodes FROM ideas),
  'pageInfo', json_build_object('hasNextPage', (SELECT count(*) > 20 FROM page),
    'endCursor', (SELECT created_at || id FROM shown ORDER BY place DESC LIMIT 1)))) FROM seen s))::text AS data`;
