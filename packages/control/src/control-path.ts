/** Where the operations are below a service's address. */
export const CONTROL_PATH = '/_clipflight'
