/** The page of an execution, in a user's words. */
export class ExecutionPage {
  constructor(page) {
    this.page = page;
  }

  open(origin, arn, query = '') {
    return this.page.goto(`${origin}/executions/${arn}${query}`);
  }

  /** Waits until the header shows that status. */
  status(text) {
    return this.page.locator('.facts').getByText(text, { exact: true }).waitFor();
  }

  state(name) {
    return this.page.locator(`[data-state="${name}"]`);
  }

  /** Waits until a state of the graph has that colour. */
  colour(name, status) {
    return this.page.locator(`[data-state="${name}"][data-status="${status}"]`).waitFor();
  }

  select(name) {
    return this.state(name).click();
  }

  get panel() {
    return this.page.getByRole('region', { name: 'Selected state' });
  }

  tab(name) {
    return this.panel.getByRole('tab', { name }).click();
  }

  button(name) {
    return this.page.getByRole('button', { name });
  }
}
