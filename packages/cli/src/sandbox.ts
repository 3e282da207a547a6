/** What `clipflight/sandbox` is to tests: a service in their own process. */
export * from '@clipflight/server/sandbox'
