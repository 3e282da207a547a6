import { betaAppClipInvocations } from '@clipflight/contract'
import { useMessages } from '../language/language.tsx'
import { useSession } from '../session/session.tsx'
import { useMay } from '../session/use-may.ts'
import { Notice } from '../ui/notice.tsx'
import { messages } from './messages.ts'

const NEEDED = betaAppClipInvocations.operations.create.roles

/** Whether who has signed in may change invocations. */
export function useMayWrite(): boolean {
  return useMay()(NEEDED)
}

/** Says to who may not change invocations who may; nothing to anybody else. */
export function ReadOnlyNotice() {
  const say = useMessages(messages)
  const { roles } = useSession()
  if (useMayWrite()) return null
  return (
    <Notice title={say('readOnlyTitle')}>
      <p>{say('readOnlyText', { roles: roles.join(', '), needed: NEEDED.join(', ') })}</p>
    </Notice>
  )
}
