// Makes a fresh checkout ready to run. Plain JavaScript without dependencies, because it runs before there are any.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './prepare-lock.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCE_FOLDERS = ['services', 'gateway', 'schema', 'test', 'bench', 'docs'];
const OLDEST_NODE = [20, 19];

/** Installs the packages and compiles the sources, each only when needed. Throws an error whose message can be shown. */
export async function prepare({ root = ROOT } = {}) {
  checkNode(process.versions.node);
  if (isPrepared(root)) return;
  // Of two starts at once the second waits, and then finds the work done.
  await withLock(join(root, 'dist', '.preparing'), say, () => {
    if (!isInstalled(root, { forBuilding: !isBuilt(root) })) install(root);
    if (!isBuilt(root)) build(root);
  });
}

function isPrepared(root) {
  // A built tree needs no compiler: an image without development packages starts as it is.
  return isBuilt(root) && isInstalled(root, { forBuilding: false });
}

function checkNode(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Error(
    `Weft needs Node.js ${OLDEST_NODE.join('.')} or later, and this is ${version}. Install it from https://nodejs.org and start again.`,
  );
}

// Packages

/** Installed from the package-lock.json that is here now: by our stamp or, where npm was run by hand, by npm's own record. */
function isInstalled(root, { forBuilding }) {
  const lock = readText(join(root, 'package-lock.json'));
  if (lock === undefined || !existsSync(join(root, 'node_modules'))) return false;
  if (forBuilding && !existsSync(compilerOf(root))) return false;
  return readText(installStampOf(root)) === hash(lock) || hasEveryPackage(root, lock, forBuilding);
}

function hasEveryPackage(root, lock, forBuilding) {
  const record = readText(join(root, 'node_modules', '.package-lock.json'));
  if (record === undefined) return false;
  const installed = JSON.parse(record).packages;
  return Object.entries(JSON.parse(lock).packages).every(([path, { version, dev, optional, devOptional }]) => {
    const needed = path !== '' && !optional && !devOptional && (forBuilding || !dev);
    return !needed || installed[path]?.version === version;
  });
}

function install(root) {
  // A link was put there by somebody who shares one installation between checkouts; npm would empty it for all.
  if (isLink(join(root, 'node_modules'))) {
    throw new Error(
      'node_modules is a link, and what it leads to does not fit package-lock.json. Run "npm ci" where it leads to, or remove the link.',
    );
  }
  say('Installing packages (once, about a minute)');
  // npm refuses a lock file that was written where packages of other platforms could not be had; the looser command
  // installs the same versions, and leaves the lock file as it is.
  const installed = npm(root, 'ci') || npm(root, 'install', '--no-save');
  if (!installed) throw new Error(INSTALL_FAILED);
  writeFileSync(installStampOf(root), hash(readText(join(root, 'package-lock.json'))));
}

function npm(root, ...words) {
  // npm tells a script how it was called itself. The development packages hold the compiler.
  const [command, ...args] = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  return runs(root, command, [...args, ...words, '--include=dev', '--no-audit', '--no-fund']);
}

const INSTALL_FAILED =
  'The packages could not be installed; npm says why above. Without a network, run "npm ci" where there is one, on the same kind of machine, and copy node_modules here. Then start again.';

function installStampOf(root) {
  return join(root, 'node_modules', '.weft-installed');
}

// Sources

function isBuilt(root) {
  return readText(buildStampOf(root)) === fingerprintOfSources(root);
}

function build(root) {
  say('Compiling (a few seconds)');
  // Taken before: what is edited during the build must count as changed.
  const fingerprint = fingerprintOfSources(root);
  rmSync(buildStampOf(root), { force: true });
  if (!runs(root, process.execPath, [compilerOf(root), '--build'])) throw new Error(BUILD_FAILED);
  removeOutputWithoutSource(root);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(buildStampOf(root), fingerprint);
}

const BUILD_FAILED = 'The sources do not compile; the compiler says where above. Mend that and start again.';

/** Names, sizes and times, not contents: reading every file would cost more than the rest of a start. */
function fingerprintOfSources(root) {
  const own = ['tsconfig.json', 'package-lock.json'].map((name) => join(root, name));
  const sources = SOURCE_FOLDERS.flatMap((folder) => filesBelow(join(root, folder), '.ts'));
  return hash([...sources, ...own.filter(existsSync)].map((path) => describeFile(root, path)).join('\n'));
}

function describeFile(root, path) {
  const { size, mtimeMs } = statSync(path);
  return `${relative(root, path)} ${size} ${mtimeMs}`;
}

/** The compiler never removes what it once wrote: tests of a source that is gone would go on running. */
function removeOutputWithoutSource(root) {
  for (const folder of SOURCE_FOLDERS) {
    for (const map of filesBelow(join(root, 'dist', folder), '.js.map')) {
      const output = map.slice(0, -'.js.map'.length);
      const source = join(root, relative(join(root, 'dist'), output));
      if (existsSync(`${source}.ts`)) continue;
      rmSync(map);
      rmSync(`${output}.js`, { force: true });
    }
  }
}

function buildStampOf(root) {
  return join(root, 'dist', '.built');
}

function compilerOf(root) {
  return join(root, 'node_modules', 'typescript', 'bin', 'tsc');
}

// Small things

function runs(root, command, args) {
  // Their output goes to stderr: what the hub itself prints on stdout may be read by a program.
  const { status, signal } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (signal !== null) throw new Error(`Stopped by ${signal}.`);
  return status === 0;
}

function filesBelow(folder, suffix) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name !== 'node_modules');
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path, suffix);
    return entry.name.endsWith(suffix) ? [path] : [];
  });
}

function isLink(path) {
  return existsSync(path) && lstatSync(path).isSymbolicLink();
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function hash(text) {
  return createHash('sha256').update(text).digest('hex');
}

function say(line) {
  process.stderr.write(`${line}\n`);
}
