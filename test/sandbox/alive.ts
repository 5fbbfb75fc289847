import { execFileSync } from 'child_process';

/** Whether a process runs. One that has ended and whose parent has not noticed yet does not. */
export function isAlive(pid: number): boolean {
  return processes().some((process) => process.pid === pid && !process.state.startsWith('Z'));
}

/** Every process below this one. */
export function descendants(pid: number): number[] {
  const all = processes();
  const below = (parent: number): number[] => all.filter(({ ppid }) => ppid === parent).flatMap((child) => [child.pid, ...below(child.pid)]);
  return below(pid);
}

/** The command line of a process. */
export function commandOf(pid: number): string {
  return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
}

function processes(): Array<{ pid: number; ppid: number; state: string }> {
  return execFileSync('ps', ['-eo', 'pid=,ppid=,stat='], { encoding: 'utf8' }).trim().split('\n').map((line) => {
    const [pid, ppid, state = ''] = line.trim().split(/\s+/);
    return { pid: Number(pid), ppid: Number(ppid), state };
  });
}
