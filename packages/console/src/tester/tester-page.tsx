import { useEffect, useState } from 'react'
import type { Output } from '@clipflight/control'
import { control } from '../service/clients.ts'

/** What a build offers its testers. */
export function TesterPage({ token }: { readonly token: string }) {
  const [build, setBuild] = useState<Output<'readTesterBuild'>>()
  useEffect(() => {
    void control.readTesterBuild({ token }).then(setBuild)
  }, [token])
  return <main>{build?.app.name}</main>
}
