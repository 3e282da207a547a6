import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState, type FormEvent } from 'react'
import { useMessages } from '../../language/language.tsx'
import { control } from '../../service/clients.ts'
import { problemsOf, textOf } from '../../service/failures.ts'
import { Button } from '../../ui/button.tsx'
import { Confirmation } from '../../ui/confirmation.tsx'
import { Failure } from '../../ui/failure.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { showToast } from '../../ui/toasts.tsx'
import { checkRule, type CheckedRule, type RuleProblem } from './check-rule.ts'
import { messages } from './messages.ts'
import { faultsQuery } from './queries.ts'
import { draftOf, keepDraft, type RuleDraft } from './rule-drafts.ts'
import { RULE_EXAMPLES, writeExample, type RuleExample } from './rule-examples.ts'
import { RuleVocabulary } from './rule-vocabulary.tsx'

const EXAMPLES = Object.keys(RULE_EXAMPLES).filter((name): name is RuleExample => Object.hasOwn(RULE_EXAMPLES, name))

interface Sending {
  readonly rule: NonNullable<CheckedRule['rule']>
  /** As it was written. */
  readonly text: string
}

function draftFrom(example: RuleExample): RuleDraft {
  const text = writeExample(example)
  return { text, base: text }
}

/** A rule of one's own, checked by what the service checks it with before it is sent. */
export function RuleEditor({ team }: { readonly team: number }) {
  const say = useMessages(messages)
  const queryClient = useQueryClient()
  const area = useRef<HTMLTextAreaElement>(null)
  const [example, setExample] = useState<RuleExample>('answer')
  const [replacement, setReplacement] = useState<RuleExample>()
  const [draft, setDraft] = useState(() => draftOf(team) ?? draftFrom('answer'))
  const { text, base } = draft
  const checked = useMemo(() => checkRule(text, team), [text, team])
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: ({ rule }: Sending) => control.createFault(rule),
    onSuccess: (_, sent) => {
      // It may have been written on meanwhile.
      keep({ text: draftOf(team)?.text ?? sent.text, base: sent.text })
      showToast({ text: say('added') })
      return queryClient.invalidateQueries({ queryKey: faultsQuery(team).queryKey })
    },
  })
  const refused = problemsOf(error)
  const found =
    refused.length === 0
      ? checked.problems
      : refused.map((problem) => checked.place(problem.pointer ?? '', textOf(problem)))
  const problems = found.toSorted((one, other) => one.line - other.line)

  function keep(changed: RuleDraft): void {
    keepDraft(team, changed)
    setDraft(changed)
  }
  function write(changed: RuleDraft): void {
    keep(changed)
    reset()
  }
  function beginWith(chosen: RuleExample): void {
    setExample(chosen)
    setReplacement(undefined)
    write(draftFrom(chosen))
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (checked.rule === undefined) goTo(problems[0])
    else mutate({ rule: checked.rule, text })
  }
  function goTo(problem: RuleProblem | undefined): void {
    area.current?.focus()
    if (problem !== undefined) area.current?.setSelectionRange(problem.start, problem.end)
  }

  return (
    <form className="card" onSubmit={submit} aria-labelledby="own-rule">
      <div className="card-body stack">
        <div className="card-title">
          <h2 id="own-rule">{say('ruleTitle')}</h2>
          <SelectField
            label={say('startFrom')}
            value={example}
            onChange={(name) => {
              const chosen = EXAMPLES.find((each) => each === name) ?? 'answer'
              if (text === base) beginWith(chosen)
              else setReplacement(chosen)
            }}
            options={EXAMPLES.map((name) => [name, say(name)])}
          />
        </div>
        <p className="quiet">{say('ruleAbout')}</p>
        <div className="field">
          <label htmlFor="rule">{say('rule')}</label>
          <textarea
            id="rule"
            ref={area}
            className="rule-text"
            rows={Math.min(24, text.split('\n').length + 1)}
            spellCheck={false}
            value={text}
            aria-invalid={problems.length > 0}
            aria-describedby="rule-problems"
            onChange={({ target }) => write({ text: target.value, base })}
          />
          <RuleProblems problems={problems} onGoTo={goTo} />
        </div>
        {error !== null && refused.length === 0 && <Failure error={error} />}
        <div>
          <Button type="submit" look="primary" isPending={isPending}>
            {say('setUp')}
          </Button>
        </div>
        <RuleVocabulary />
      </div>
      {replacement !== undefined && (
        <Confirmation
          title={say('replaceTitle')}
          onClose={() => setReplacement(undefined)}
          action={say('replace')}
          onConfirm={() => beginWith(replacement)}
        >
          <p>{say('replaceText', { example: say(replacement) })}</p>
        </Confirmation>
      )}
    </form>
  )
}

interface RuleProblemsProps {
  readonly problems: readonly RuleProblem[]
  readonly onGoTo: (problem: RuleProblem) => void
}

/** What is wrong with the rule, each with a way to its line. */
function RuleProblems({ problems, onGoTo }: RuleProblemsProps) {
  const say = useMessages(messages)
  return (
    <div id="rule-problems" className="rule-problems">
      {problems.length === 0 && <p className="quiet">{say('good')}</p>}
      {problems.map((problem, index) => (
        <p key={index} className="problem">
          <Button look="quiet" onPress={() => onGoTo(problem)}>
            {say('line', { line: problem.line })}
          </Button>
          <span>
            {problem.pointer !== '' && <code>{problem.pointer}</code>}{' '}
            {problem.isOwn === undefined ? <span lang="en">{problem.detail}</span> : say(problem.isOwn)}
          </span>
        </p>
      ))}
    </div>
  )
}
