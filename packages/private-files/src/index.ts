export { makePrivateFolder } from './make-private-folder.ts'
export { writePrivateFile } from './write-private-file.ts'
