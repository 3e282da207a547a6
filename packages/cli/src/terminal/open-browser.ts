import { spawn } from 'node:child_process'

/** How each system opens an address. Without a shell: `&` in one would be a command of its own. */
const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}

/** Opens an address in the browser of whoever sits here, if there is one; nobody waits for it. */
export function openBrowser(address: string): void {
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open']
  const opener = spawn(command, [...args, address], { detached: true, stdio: 'ignore' })
  // There is none: the address was printed.
  opener.on('error', () => undefined)
  opener.unref()
}
