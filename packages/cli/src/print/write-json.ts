/** What terminals obey, what turns the direction of a line, and what GitHub's runners obey anywhere in one. */
const OBEYED = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|(?<=#)#(?=\[)/g

/** JSON that reads as the data to the letter, and gives no orders to what shows it. */
export function writeJson(data: unknown, indent?: number): string {
  // Such characters stand in texts only, where JSON has another way to write each.
  return escapeObeyed(JSON.stringify(data, undefined, indent))
}

/** The same with every such character written as in quoted text of JSON and YAML. */
export function escapeObeyed(text: string): string {
  return text.replace(OBEYED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
