import { type RowLoader, rowLoader } from '#kernel/connections/row-loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { Person } from './person.entity.js';
import { visiblePerson } from './person.policy.js';
import { personColumns } from './person.repository.js';

export function personLoader(ctx: RequestContext): RowLoader<Person> {
  return rowLoader<Person>(ctx, {
    from: 'person p',
    alias: 'p',
    columns: personColumns,
    visible: visiblePerson(ctx.viewer),
  });
}
