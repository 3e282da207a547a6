/** Where the file is unless told otherwise. */
export const DEFAULT_PATH = 'clipflight.yaml'
