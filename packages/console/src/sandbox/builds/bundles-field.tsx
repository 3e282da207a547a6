import { BUNDLE_TYPES } from '@clipflight/control'
import type { ReactNode } from 'react'
import { useMessages } from '../../language/language.tsx'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { messages } from './messages.ts'
import type { BuildProblems, WrittenBundle } from './written-build.ts'

export interface BundlesFieldProps {
  /** Undefined: those of the build before. */
  readonly bundles: readonly WrittenBundle[] | undefined
  readonly problems: BuildProblems
  readonly onChange: (bundles: readonly WrittenBundle[] | undefined) => void
  readonly children: ReactNode
}

/** What the build is made of, and what comes along with it. */
export function BundlesField({ bundles, problems, onChange, children }: BundlesFieldProps) {
  const say = useMessages(messages)
  const change = (index: number, part: Partial<WrittenBundle>): void =>
    onChange(bundles?.map((bundle, place) => (place === index ? { ...bundle, ...part } : bundle)))
  return (
    <fieldset className="card">
      <legend>{say('bundles')}</legend>
      <div className="card-body stack">
        <div className="add-build-fields">
          <SelectField
            label={say('bundles')}
            value={bundles === undefined ? 'before' : 'own'}
            onChange={(which) => onChange(which === 'own' ? [{ bundleId: '', bundleType: 'APP' }] : undefined)}
            options={[
              ['before', say('bundlesBefore')],
              ['own', say('bundlesOwn')],
            ]}
            refusal={problems.get('/bundles')}
          />
          {children}
        </div>
        {bundles?.map((bundle, index) => (
          <div key={index} className="add-build-bundle">
            <TextField
              label={say('bundleId')}
              autoComplete="off"
              value={bundle.bundleId}
              onChange={(bundleId) => change(index, { bundleId })}
              refusal={problems.get(`/bundles/${index}/bundleId`)}
            />
            <SelectField
              label={say('bundleType')}
              value={bundle.bundleType}
              onChange={(bundleType) => change(index, { bundleType })}
              options={BUNDLE_TYPES.map((each) => [each, each])}
              refusal={problems.get(`/bundles/${index}/bundleType`)}
            />
            <Button
              look="quiet"
              aria-label={say('removeBundle', { number: index + 1 })}
              isDisabled={bundles.length === 1}
              onPress={() => onChange(bundles.filter((_, place) => place !== index))}
            >
              ✕
            </Button>
          </div>
        ))}
        {bundles !== undefined && (
          <div>
            <Button onPress={() => onChange([...bundles, { bundleId: '', bundleType: 'APP_CLIP' }])}>
              {say('addBundle')}
            </Button>
          </div>
        )}
      </div>
    </fieldset>
  )
}
