/** The name of the file in which Apple hands a private key out, and under which its tools and others look for it. */
export function keyFileName(keyId: string): string {
  return `AuthKey_${keyId}.p8`
}

/** Such as `2X9R4HXF34` of `AuthKey_2X9R4HXF34.p8`; undefined for any other name. */
export function keyIdOfFileName(name: string): string | undefined {
  return /^AuthKey_([A-Za-z0-9]+)\.p8$/.exec(name)?.[1]
}
