import { addressOf } from './app/paths.ts'
import { readAhead } from './read-ahead.ts'

// What draws weighs three times as much as what asks: answers are on their way while the browser still reads it.
void readAhead(addressOf(location))
void import('./draw.tsx').then(({ draw }) => draw())
