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
    return this.page.locator('.facts').first().getByText(text, { exact: true }).waitFor();
  }

  state(name) {
    return this.page.locator(`[data-state="${name}"]`);
  }

  /** Waits until a state of the graph has that colour. */
  colour(name, status) {
    return this.page.locator(`[data-state="${name}"][data-status="${status}"]`).waitFor();
  }

  /** Its name is clicked: in the middle of a container are other states. */
  select(name) {
    return this.state(name).locator('.node-name').click();
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

/** The editor of a definition, in a user's words. */
export class EditorPage {
  constructor(page) {
    this.page = page;
  }

  get code() {
    return this.page.getByRole('textbox', { name: 'Definition as text' });
  }

  /** Replaces the text of the line with that text. */
  async replaceLine(from, to) {
    await this.page.locator('.cm-line', { hasText: from }).click();
    await this.page.keyboard.press('Home');
    await this.page.keyboard.press('Shift+End');
    await this.page.keyboard.insertText(to);
  }

  async name(name) {
    await this.page.getByLabel('Name', { exact: true }).fill(name);
  }

  finding(text) {
    return this.page.locator('.findings').getByText(text);
  }
}
