/** Whether a host is reached from this machine only. RFC 6761, RFC 1122 and RFC 4291. */
export function isThisComputer(host: string): boolean {
  return host === '[::1]' || /^(?:.+\.)?localhost$|^127\.\d+\.\d+\.\d+$/.test(host)
}
