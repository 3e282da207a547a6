import { PrivateKeyError, readPrivateKey, signToken } from '@clipflight/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, type FormEvent } from 'react'
import { useMessages } from '../language/language.tsx'
import { control, readTime } from '../service/clients.ts'
import { isUnreachable, statusOf } from '../service/failures.ts'
import { SIGNS_IN } from '../service/query-client.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Failure } from '../ui/failure.tsx'
import icon from '../ui/icon.svg'
import { LanguageChoice } from '../ui/language-choice.tsx'
import { messages as ui } from '../ui/messages.ts'
import { Notice } from '../ui/notice.tsx'
import { TextField } from '../ui/text-field.tsx'
import { ThemeChoice } from '../ui/theme.tsx'
import { useFirstProblem } from '../ui/use-first-problem.ts'
import { messages } from './messages.ts'
import { enterSession } from './session.tsx'
import './sign-in.css'

const COMMAND = 'clipflight console'

function useSignIn(onRefused: () => void) {
  const queryClient = useQueryClient()
  return useMutation({
    meta: SIGNS_IN,
    mutationFn: (proof: { token: string } | { code: string }) => control.signIn(proof),
    onSuccess: (session) => enterSession(queryClient, session),
    onError: onRefused,
  })
}

/**
 * The forms by which one signs in. A code in the fragment of the address does it at once, and is gone from there.
 * Who comes here because a session has ended is told so, and can write at once. Who is signed in already, and opens a link
 * that was used, stays so: `onRefused` shows the page again.
 */
export function SignIn({ hasEnded, onRefused }: { readonly hasEnded: boolean; readonly onRefused: () => void }) {
  const say = useMessages(messages)
  const { mutate, error, variables, isPending } = useSignIn(onRefused)
  useEffect(() => {
    document.title = `${say('signIn')} · Clipflight`
  })
  useEffect(() => {
    const takeCode = (): void => {
      const code = /^#code=(.+)$/.exec(location.hash)?.[1]
      if (code === undefined) return
      // `replaceState` rather than the router's: nobody comes back to a code, not even with the back button.
      history.replaceState(history.state, '', location.pathname)
      mutate({ code })
    }
    takeCode()
    // A link that is opened where this page is already loads nothing.
    addEventListener('hashchange', takeCode)
    return () => removeEventListener('hashchange', takeCode)
  }, [mutate])
  const isCode = variables !== undefined && 'code' in variables
  return (
    <div className="sign-in">
      <main className="stack">
        <div className="toolbar">
          <img src={icon} alt="" width="44" height="44" />
          <div>
            <h1>Clipflight</h1>
            <p className="quiet">{say('lead')}</p>
          </div>
        </div>
        {error !== null && <Refusal error={error} isCode={isCode} />}
        {error === null && hasEnded && (
          <Notice title={say('ended')} tone="danger">
            <p>{say('endedText')}</p>
          </Notice>
        )}
        <section className="card">
          <div className="card-body stack">
            <p>{say('commandHint')}</p>
            <div className="toolbar">
              <code className="command">{COMMAND}</code>
              <CopyButton text={COMMAND} label={say('commandLabel')} />
            </div>
          </div>
        </section>
        <TokenForm autoFocus={hasEnded} isPending={isPending} onToken={(token) => mutate({ token })} />
        <KeyForm isPending={isPending} onToken={(token) => mutate({ token })} />
      </main>
      <footer className="shell-footer">
        <LanguageChoice />
        <ThemeChoice />
      </footer>
    </div>
  )
}

function Refusal({ error, isCode }: { readonly error: unknown; readonly isCode: boolean }) {
  const say = useMessages(messages)
  if (isUnreachable(error) || statusOf(error) !== 401) return <Failure error={error} />
  return (
    <Notice title={say('refused')} tone="danger">
      {isCode && <p>{say('codeUsed')}</p>}
    </Notice>
  )
}

interface FormProps {
  readonly isPending: boolean
  readonly onToken: (token: string) => void
}

function TokenForm({ autoFocus, isPending, onToken }: FormProps & { readonly autoFocus: boolean }) {
  const say = useMessages(messages)
  const [token, setToken] = useState('')
  const [checks, setChecks] = useState(0)
  const form = useFirstProblem(checks)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setChecks(checks + 1)
    if (token.trim() !== '') onToken(token.trim())
  }
  return (
    <form className="card" ref={form} onSubmit={submit}>
      <div className="card-body stack">
        <h2>{say('byToken')}</h2>
        <TextField
          label={say('token')}
          hint={say('tokenHint')}
          type="password"
          autoComplete="off"
          autoFocus={autoFocus}
          value={token}
          onChange={setToken}
          problem={checks > 0 && token.trim() === '' ? say('missing') : undefined}
        />
        <div>
          <Button type="submit" look="primary" isPending={isPending}>
            {say('signIn')}
          </Button>
        </div>
      </div>
    </form>
  )
}

/** The key's own id is in the name that Apple gives its file. */
const KEY_FILE = /^(?:AuthKey|ApiKey)_([A-Z0-9]+)\.p8$/

function KeyForm({ isPending, onToken }: FormProps) {
  const say = useMessages(messages)
  const sayOfUi = useMessages(ui)
  const [privateKey, setPrivateKey] = useState('')
  const [keyId, setKeyId] = useState('')
  const [issuerId, setIssuerId] = useState('')
  const [checks, setChecks] = useState(0)
  const [whatIsWrong, setWhatIsWrong] = useState<string>()
  const form = useFirstProblem(checks)

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setChecks(checks + 1)
    if (privateKey === '' || keyId.trim() === '') return
    const issuer = issuerId.trim()
    const key = { keyId: keyId.trim(), privateKey }
    try {
      const token = await signToken(
        issuer === '' ? { ...key, individual: true } : { ...key, issuerId: issuer },
        await readPrivateKey(privateKey),
        await readTime(),
      )
      onToken(token)
    } catch (error) {
      if (!(error instanceof PrivateKeyError)) throw error
      setWhatIsWrong(say('badKey'))
      setChecks((before) => before + 1)
    }
  }

  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return
    try {
      setPrivateKey(await file.text())
      setWhatIsWrong(undefined)
    } catch {
      // Here, and not in a toast: those are shown to who has signed in.
      setPrivateKey('')
      setWhatIsWrong(sayOfUi('cannotRead'))
      return
    }
    const named = KEY_FILE.exec(file.name)?.[1]
    if (named !== undefined) setKeyId(named)
  }

  if (!window.isSecureContext) return <Notice title={say('byKey')}>{say('insecure')}</Notice>
  const problemOfFile = whatIsWrong ?? (checks > 0 && privateKey === '' ? say('missing') : undefined)
  return (
    <form className="card" ref={form} onSubmit={(event) => void submit(event)}>
      <div className="card-body stack">
        <h2>{say('byKey')}</h2>
        <div className="field">
          <label htmlFor="key-file">{say('keyFile')}</label>
          <input
            id="key-file"
            type="file"
            accept=".p8,.pem"
            aria-describedby={problemOfFile === undefined ? 'key-file-hint' : 'key-file-hint key-file-problem'}
            aria-invalid={problemOfFile !== undefined}
            onChange={({ target: { files } }) => void take(files?.[0])}
          />
          <span className="hint" id="key-file-hint">
            {say('keyFileHint')}
          </span>
          {problemOfFile !== undefined && (
            <span className="problem" id="key-file-problem">
              {problemOfFile}
            </span>
          )}
        </div>
        <TextField
          label={say('keyId')}
          autoComplete="off"
          value={keyId}
          onChange={setKeyId}
          problem={checks > 0 && keyId.trim() === '' ? say('missing') : undefined}
        />
        <TextField
          label={say('issuerId')}
          hint={say('issuerHint')}
          autoComplete="off"
          value={issuerId}
          onChange={setIssuerId}
        />
        <div>
          <Button type="submit" look="primary" isPending={isPending}>
            {say('signIn')}
          </Button>
        </div>
      </div>
    </form>
  )
}
