import { findsDirectory, type Viewer } from '#kernel/auth/viewer.js';
import { type RowLoader, rowLoader } from '#kernel/connections/row-loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { ServiceInside } from '#kernel/runtime/service.js';
import type { Person } from './person.entity.js';
import { visiblePerson } from './person.policy.js';
import { personColumns } from './person.repository.js';

/** Long enough for what was done a moment ago to be heard of, too short to be a nuisance. */
const patienceMs = 500;

export function personLoader(ctx: RequestContext): RowLoader<Person> {
  return rowLoader<Person>(ctx, {
    from: 'person p',
    alias: 'p',
    columns: personColumns,
    visible: visiblePerson(ctx.viewer),
  });
}

/**
 * Outsiders know people by what these did in a space, and hear of a deed, on a stream, as soon as it is done - perhaps before this
 * service has heard of it. So whom they do not find is looked for once more when it has. Hidden and missing take the same way.
 */
export function lookingTwice<Row>(people: RowLoader<Row>, viewer: Viewer, service: ServiceInside): RowLoader<Row> {
  if (findsDirectory(viewer)) return people;
  let heard: Promise<unknown> | undefined;
  return {
    clear: people.clear,
    async load(id) {
      const person = await people.load(id);
      if (person) return person;
      heard ??= catchUp(service);
      await heard;
      people.clear(id);
      return people.load(id);
    },
  };
}

async function catchUp({ consumer }: ServiceInside): Promise<void> {
  const names = ['on-appeared-in-ideas', 'on-appeared-in-conversations'];
  // A log that cannot be read has nothing to tell: its service has not started yet.
  await Promise.allSettled(names.map((name) => consumer(name).catchUp(patienceMs)));
}
