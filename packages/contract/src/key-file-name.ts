/** The name of the file in which Apple hands a private key out, and under which its tools and others look for it. */
export function keyFileName(keyId: string): string {
  return `AuthKey_${keyId}.p8`
}
