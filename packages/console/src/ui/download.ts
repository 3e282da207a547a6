/** Hands text to the browser as a file to keep. */
export function download(fileName: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  // The browser has taken what it needs once this task is over.
  setTimeout(() => URL.revokeObjectURL(address), 1000)
}
