/** What a small machine of its own needs. Given on the command line at every start, so that none stays behind in a file. */
export function serverSettings(port: number, own: Record<string, string>): string[] {
  const settings = { ...DEFAULTS, ...own, ...reached(port) };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** By this machine only, and by password only; not open to change, since the url we return depends on it. */
function reached(port: number): Record<string, string> {
  return {
    listen_addresses: '127.0.0.1',
    port: String(port),
    // A socket file would need a folder that both users can enter, and paths over 107 bytes fail.
    unix_socket_directories: '',
  };
}

const DEFAULTS: Readonly<Record<string, string>> = {
  // An acknowledged write survives a crash; anything less loses some that a person has already seen accepted.
  synchronous_commit: 'on',
  // Three services with pools, their event readers and an import fit; an idle connection costs about 2 MB.
  max_connections: '200',
  // Holds the working set of a hub of some 100,000 ideas; the rest stays in the file cache of the system.
  shared_buffers: '256MB',
  // Tells the planner how much of the file cache it can count on: on the small side for a machine of 2 GB.
  effective_cache_size: '1GB',
  // A page of sorted results stays in memory; times 200 connections it still fits.
  work_mem: '8MB',
  // Index builds of migrations and imports.
  maintenance_work_mem: '128MB',
  // Disks without moving parts: an index read costs little more than a sequential one.
  random_page_cost: '1.1',
  // An import does not force a checkpoint every few seconds; a crash still recovers in well under a minute.
  max_wal_size: '2GB',
  // Shrinks what full page images add to the log after each checkpoint.
  wal_compression: 'on',
  // The horizon of the event log waits for the oldest open transaction; a forgotten one must not stop all readers.
  idle_in_transaction_session_timeout: '30s',
  // A restored backup brings all it needs; that nothing more can be fetched ends its recovery, in a timeline of its own.
  restore_command: 'false',
  // Our statements take milliseconds; compiling one takes tens of them.
  jit: 'off',
  // A service reports the errors of its own statements; here their texts would keep what people wrote.
  log_min_messages: 'log',
  log_checkpoints: 'off',
  // We recognise messages, so they must not be translated.
  lc_messages: 'C',
  timezone: 'UTC',
  log_timezone: 'UTC',
};
