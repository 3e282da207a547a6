import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Input } from '@clipflight/control'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useLanguage, useMessages, useMoment } from '../../language/language.tsx'
import { control } from '../../service/clients.ts'
import { problemAt } from '../../service/failures.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { messages as ui } from '../../ui/messages.ts'
import { SelectField } from '../../ui/select-field.tsx'
import { Switch } from '../../ui/switch.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { messages } from './messages.ts'
import { clockQuery } from './queries.ts'
import { writeDuration } from './write-duration.ts'

/** Milliseconds. */
const UNITS = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const
type Unit = keyof typeof UNITS
const UNIT_NAMES = Object.keys(UNITS).filter((name): name is Unit => Object.hasOwn(UNITS, name))

/** The clock of the service, and what can be done to it. */
export function ClockCard() {
  const say = useMessages(messages)
  const sayOfUi = useMessages(ui)
  const { language } = useLanguage()
  const queryClient = useQueryClient()
  const heading = useRef<HTMLHeadingElement>(null)
  const { data: clock, error, refetch } = useQuery(clockQuery)
  const change = useMutation({
    mutationFn: (wanted: Input<'changeClock'>) => control.changeClock(wanted),
    onSuccess: (state, { release = false }) => {
      // A button that cannot be pressed any more has no focus.
      if (release) heading.current?.focus()
      queryClient.setQueryData(clockQuery.queryKey, { ...state, readAt: Date.now() })
      // Whatever becomes of builds as time goes by has happened.
      return queryClient.invalidateQueries({ queryKey: ['team'] })
    },
  })
  const ofAdvance = problemAt(change.error, '/advanceMilliseconds')
  const ofSet = problemAt(change.error, '/set')
  const by = clock === undefined ? 0 : Math.round(clock.aheadMilliseconds / 1000) * 1000
  const isFrozen = clock?.frozen ?? false
  const isOther = clock !== undefined && (clock.frozen || by !== 0)
  const away = writeDuration(Math.abs(by), language)
  return (
    <section className="card" aria-labelledby="clock">
      <div className="card-body stack">
        <div className="card-title">
          <h2 id="clock" ref={heading} tabIndex={-1}>
            {say('clock')}
          </h2>
          {clock !== undefined && (
            <Badge tone={clock.frozen ? 'warning' : 'good'}>{say(clock.frozen ? 'frozen' : 'running')}</Badge>
          )}
        </div>
        <p className="quiet">{say('clockAbout')}</p>
        {error !== null && <Failure error={error} onTryAgain={() => void refetch()} />}
        <div className="clock-face">
          {clock === undefined ? (
            <span className="clock-now" aria-label={sayOfUi('loading')} role="status" />
          ) : (
            <Now now={clock.now} readAt={clock.readAt} isFrozen={clock.frozen} />
          )}
          <span className="quiet">
            {clock !== undefined && (by === 0 ? say('asMachine') : say(by > 0 ? 'ahead' : 'behind', { by: away }))}
          </span>
          <Switch
            isDisabled={clock === undefined}
            isSelected={change.isPending ? (change.variables.frozen ?? isFrozen) : isFrozen}
            onChange={(frozen) => change.mutate({ frozen })}
          >
            {say('freeze')}
          </Switch>
        </div>
        <div className="clock-forms">
          <Advance refusal={ofAdvance} onChange={change.mutate} />
          <SetTo refusal={ofSet} onChange={change.mutate} />
          <Button isDisabled={!isOther} onPress={() => change.mutate({ release: true })}>
            {say('release')}
          </Button>
        </div>
        {change.error !== null && ofAdvance === undefined && ofSet === undefined && <Failure error={change.error} />}
      </div>
    </section>
  )
}

interface NowProps {
  readonly now: string
  readonly readAt: number
  readonly isFrozen: boolean
}

/** The time, which goes on by itself between readings. */
function Now({ now, readAt, isFrozen }: NowProps) {
  const write = useMoment()
  const [machine, setMachine] = useState(readAt)
  useEffect(() => {
    if (isFrozen) return undefined
    setMachine(Date.now())
    const timer = setInterval(() => setMachine(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [isFrozen, readAt])
  const shown = isFrozen ? now : new Date(Date.parse(now) + Math.max(0, machine - readAt))
  return (
    <time className="clock-now" dateTime={now}>
      {write(shown, 'time')}
    </time>
  )
}

interface FormProps {
  readonly refusal: string | undefined
  readonly onChange: (change: Input<'changeClock'>) => void
}

function Advance({ refusal, onChange }: FormProps) {
  const say = useMessages(messages)
  const [amount, setAmount] = useState('5')
  const [unit, setUnit] = useState<Unit>('minutes')
  const milliseconds = Math.round(Number(amount) * UNITS[unit])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (Number.isFinite(milliseconds)) onChange({ advanceMilliseconds: milliseconds })
  }
  return (
    <form className="clock-form clock-advance" aria-label={say('advance')} onSubmit={submit}>
      <TextField label={say('advance')} inputMode="decimal" value={amount} onChange={setAmount} refusal={refusal} />
      <SelectField
        label={say('unit')}
        value={unit}
        onChange={(chosen) => setUnit(UNIT_NAMES.find((each) => each === chosen) ?? 'minutes')}
        options={UNIT_NAMES.map((name) => [name, say(name)])}
      />
      <Button type="submit" isDisabled={!Number.isFinite(milliseconds) || amount.trim() === ''}>
        {say('go')}
      </Button>
    </form>
  )
}

function SetTo({ refusal, onChange }: FormProps) {
  const say = useMessages(messages)
  const [moment, setMoment] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (moment !== '') onChange({ set: new Date(moment).toISOString() })
  }
  return (
    <form className="clock-form clock-set" onSubmit={submit}>
      <TextField
        label={say('set')}
        type="datetime-local"
        hint={say('setHint')}
        value={moment}
        onChange={setMoment}
        refusal={refusal}
      />
      <Button type="submit" isDisabled={moment === ''}>
        {say('setAction')}
      </Button>
    </form>
  )
}
