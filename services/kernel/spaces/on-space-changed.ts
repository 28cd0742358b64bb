import type { Consumer } from '../consumers/consumer.js';
import { statement } from '../database/statement.js';
import { type HubEvent, isEvent } from '../events/event.js';
import type { Write } from '../write/write.js';

const newer = '(s.epoch, s.xid, s.seq) < (excluded.epoch, excluded.xid, excluded.seq)';
const setAccess = statement(`
  INSERT INTO space_access AS s (id, visibility, owners, epoch, xid, seq) VALUES ($1, $2, $3, $4, $5::text::xid8, $6)
  ON CONFLICT (id) DO UPDATE SET visibility = excluded.visibility, owners = excluded.owners,
    epoch = excluded.epoch, xid = excluded.xid, seq = excluded.seq WHERE ${newer}`);
// Comes before its space only when the event of that had to be set aside: until then the space exists for nobody.
const setSharing = statement(`
  INSERT INTO space_access AS s (id, visibility, owners, epoch, xid, seq, shared_read, shared_contribute, shared_people, shared_epoch, shared_xid, shared_seq)
  VALUES ($1, 'private', '{}', 0, '0', 0, $2, $3, $7, $4, $5::text::xid8, $6)
  ON CONFLICT (id) DO UPDATE SET shared_read = excluded.shared_read, shared_contribute = excluded.shared_contribute,
    shared_people = excluded.shared_people,
    shared_epoch = excluded.shared_epoch, shared_xid = excluded.shared_xid, shared_seq = excluded.shared_seq
    WHERE (s.shared_epoch, s.shared_xid, s.shared_seq) < (excluded.shared_epoch, excluded.shared_xid, excluded.shared_seq)`);
const setMember = statement(`
  INSERT INTO space_member AS s (space_id, person_id, role, epoch, xid, seq) VALUES ($1, $2, $3, $4, $5::text::xid8, $6)
  ON CONFLICT (space_id, person_id) DO UPDATE SET role = excluded.role,
    epoch = excluded.epoch, xid = excluded.xid, seq = excluded.seq WHERE ${newer}`);

const forgetMember = statement('DELETE FROM space_member WHERE person_id = $1');

/** Keeps a service's copy of who may enter which space. */
export const onSpaceChanged = {
  name: 'on-space-changed',
  source: 'people',
  types: [
    'people.space.opened',
    'people.space.revised',
    'people.space.sharingChanged',
    'people.space.memberAdded',
    'people.space.memberRemoved',
    'people.person.erased',
  ],
  async handle(events: readonly HubEvent[], tx: Write) {
    for (const event of events) await apply(event, tx);
  },
} satisfies Consumer;

async function apply(event: HubEvent, tx: Write): Promise<void> {
  const { epoch, xid, seq } = event.position;
  if (isEvent(event, 'people.space.opened') || isEvent(event, 'people.space.revised')) {
    await tx.run(setAccess, [event.subject, event.data.visibility, event.data.owners, epoch, xid, seq]);
  } else if (isEvent(event, 'people.space.sharingChanged')) {
    const { readers, contributors, people } = event.data;
    await tx.run(setSharing, [event.subject, readers, contributors, epoch, xid, seq, people]);
  } else if (isEvent(event, 'people.space.memberAdded')) {
    await tx.run(setMember, [event.subject, event.data.person, event.data.role, epoch, xid, seq]);
  } else if (isEvent(event, 'people.space.memberRemoved')) {
    await tx.run(setMember, [event.subject, event.data.person, null, epoch, xid, seq]);
  } else if (isEvent(event, 'people.person.erased')) {
    await tx.run(forgetMember, [event.subject]);
  }
}
