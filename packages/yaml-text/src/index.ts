export { didYouMean } from './did-you-mean.ts'
export { openYaml, type Member, type YamlNode, type YamlText } from './open-yaml.ts'
export { sortProblems, writeProblems, type FileProblem, type Place } from './problem.ts'
export { writeYaml } from './write-yaml.ts'
