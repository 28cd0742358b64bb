import { type EntityTarget, getMetadataArgsStorage, type ObjectLiteral } from 'typeorm';

/**
 * The columns of an entity as a select list that gives rows with the entity's property names: `i.space_id AS "spaceId", …`.
 * So a column is named once, in the entity, for TypeORM's writes and for our prepared reads. Columns with `select: false` stay out.
 */
export function selectList(entity: EntityTarget<ObjectLiteral>, alias: string): string {
  const columns = getMetadataArgsStorage().columns.filter(
    (column) => column.target === entity && column.options.select !== false,
  );
  return columns
    .map((column) => `${alias}.${column.options.name ?? column.propertyName} AS "${column.propertyName}"`)
    .join(', ');
}
