// node scripts/image-bundle.mjs <folder> <root> <port> <config as JSON>: writes what runc needs to start an image as
// compose.yaml does: read-only, without privileges, /data, /backups and /tmp alone writable. The network is the machine's.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [, , folder, root, port, given] = process.argv;
const image = JSON.parse(given);
const file = join(folder, 'config.json');
const { status, error } = spawnSync('runc', ['spec', '--bundle', folder], { stdio: 'inherit' });
if (status !== 0) throw error ?? new Error('runc wrote no spec');
const spec = JSON.parse(readFileSync(file, 'utf8'));

const nothing = { bounding: [], effective: [], permitted: [], ambient: [] };
const bind = (name) => ({
  destination: `/${name}`,
  type: 'bind',
  source: join(folder, name),
  options: ['bind', 'rw', 'nosuid', 'nodev'],
});
spec.root = { path: root, readonly: true };
spec.process = {
  ...spec.process,
  terminal: false,
  user: { uid: 1000, gid: 1000 },
  args: image.Cmd,
  cwd: image.WorkingDir,
  env: [...image.Env, `PORT=${port}`],
  capabilities: nothing,
  noNewPrivileges: true,
};
spec.mounts.push(
  { destination: '/tmp', type: 'tmpfs', source: 'tmpfs', options: ['size=256m', 'mode=1777'] },
  bind('data'),
  bind('backups'),
);
spec.linux.namespaces = spec.linux.namespaces.filter(({ type }) => type !== 'network');
writeFileSync(file, JSON.stringify(spec));
