import { useState, type FormEvent } from 'react'
import { useMessages } from '../language/language.tsx'
import { problemAt } from '../service/failures.ts'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { TextField } from '../ui/text-field.tsx'
import { isThisComputer } from './is-this-computer.ts'
import { MadeLink } from './made-link.tsx'
import { messages } from './messages.ts'
import { OnlyHere } from './only-here.tsx'
import { useCreateTesterLink } from './mutations.ts'

/** The form that makes a link, and what it made. */
export function MakeLink({ team, build }: { readonly team: number; readonly build: string }) {
  const say = useMessages(messages)
  const [name, setName] = useState('')
  const { mutate, data: made, error, isPending, reset } = useCreateTesterLink(team, build)
  const problem = problemAt(error, '/name')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    mutate(name.trim(), { onSuccess: () => setName('') })
  }
  return (
    <section className="card" aria-labelledby="make-link">
      <div className="card-body stack">
        <h2 id="make-link">{say('makeTitle')}</h2>
        <p className="quiet links-about">{say('makeText')}</p>
        {isThisComputer(location.hostname) && <OnlyHere />}
        <form className="links-form" onSubmit={submit}>
          <TextField
            label={say('name')}
            placeholder={say('nameExample')}
            value={name}
            onChange={setName}
            refusal={problem}
            autoComplete="off"
          />
          <Button type="submit" look="primary" isPending={isPending}>
            {say('make')}
          </Button>
        </form>
        {error !== null && problem === undefined && <Failure error={error} />}
        {made !== undefined && <MadeLink key={made.id} link={made} onDone={reset} />}
      </div>
    </section>
  )
}
