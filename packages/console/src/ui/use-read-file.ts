import { useMessages } from '../language/language.tsx'
import { messages } from './messages.ts'
import { showToast } from './toasts.tsx'

type ReadFile = <T>(file: File | undefined, read: (file: File) => Promise<T>) => Promise<T | undefined>

/** Reads a file that was chosen. Of one that cannot be read, as when it is gone meanwhile, a toast says so. */
export function useReadFile(): ReadFile {
  const say = useMessages(messages)
  return async (file, read) => {
    try {
      return file && (await read(file))
    } catch {
      showToast({ text: say('cannotRead') })
      return undefined
    }
  }
}
