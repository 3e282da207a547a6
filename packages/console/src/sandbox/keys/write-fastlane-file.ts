export { writeFastlaneFile } from '@clipflight/contract'
