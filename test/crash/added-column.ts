/** What the next version adds to a table of each service. */
export const addedColumn = 'added_by_the_next_version';
