// Prints the figures that a walk noted, and nothing else unless it failed.
export default class Figures {
  onTestEnd(test, result) {
    for (const { type, description } of result.annotations ?? test.annotations)
      if (type === 'figures') console.log(description);
    if (result.status !== 'passed' && result.status !== 'skipped')
      console.error(`${test.title}: ${result.status}\n${result.error?.message ?? ''}`);
  }
}
