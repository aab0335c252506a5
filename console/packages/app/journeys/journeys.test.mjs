import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openBrowser, openTab, violations } from './browser.mjs';
import { EditorPage, ExecutionPage } from './pages.mjs';
import { Server } from './server.mjs';

const server = new Server();
let browser;

before(async () => {
  await server.start();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server.close();
});

/** Does something in a tab, and sees that nothing went wrong on the way. */
async function inTab(does, options) {
  const { page, troubles } = await openTab(browser, server.origin, options);
  try {
    await does(page, new ExecutionPage(page));
    assert.deepEqual(troubles, []);
  } finally {
    await page.close();
  }
}

const wait = (seconds) => ({
  StartAt: 'Wait',
  States: { Wait: { Type: 'Wait', Seconds: seconds, End: true } },
});

describe('somebody who has just started the server', () => {
  it('finds the example, sees it turn green, and what a state got', () =>
    inTab(async (page, execution) => {
      await page.goto(server.origin);
      await page.getByRole('link', { name: 'OrderFlow' }).click();
      await page.getByRole('link', { name: 'first-run' }).click();
      await execution.status('Succeeded');
      await execution.colour('Shipped', 'succeeded');
      await execution.colour('Charge card', 'caught');
      await execution.select('Check order');
      await execution.panel.getByText('"o-1001"').waitFor();
      await execution.tab('Definition');
      await execution.panel.getByText('"Choice"').waitFor();

      // Whoever is given the address sees the same.
      await page.goto(page.url());
      await execution.panel.getByRole('heading', { name: 'Check order' }).waitFor();
      await execution.panel.getByText('"Choice"').waitFor();
    }));

  it('starts an execution, once the input is JSON', () =>
    inTab(async (page, execution) => {
      const arn = await server.createMachine('starts', wait(0));
      await page.goto(`${server.origin}/state-machines/${arn}`);
      await execution.button('Start execution').click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('textarea').fill('{"a": }');
      await dialog.getByText(/^Line 1, column 7/).waitFor();
      assert.equal(
        await dialog.getByRole('button', { name: 'Start execution' }).isDisabled(),
        true,
      );
      await dialog.locator('textarea').fill('{"long": 12345678901234567890}');
      await dialog.getByRole('button', { name: 'Start execution' }).click();
      await execution.status('Succeeded');
      await execution.panel.getByText('12345678901234567890').first().waitFor();
    }));
});

describe('somebody who has an idea', () => {
  const BLUEPRINTS = {
    'Hello world': 'Succeeded',
    'Wait state': 'Running',
    'Retry failure': 'Running',
    'Catch failure': 'Succeeded',
    Parallel: 'Running',
    'Choice state': 'Succeeded',
    'Map state': 'Running',
    'Job poller': 'Running',
  };

  it('makes a machine of each blueprint, and runs it', () =>
    inTab(async (page, execution) => {
      const editor = new EditorPage(page);
      const arns = {};
      for (const blueprint of Object.keys(BLUEPRINTS)) {
        await page.goto(`${server.origin}/state-machines/create`);
        await page.getByRole('link', { name: blueprint }).click();
        await editor.finding('No problems found.').waitFor();
        await editor.name(blueprint.replace(' ', '-'));
        await execution.button('Create').click();
        await execution.button('Start execution').click();
        await page.getByRole('dialog').getByRole('button', { name: 'Start execution' }).click();
        await page.waitForURL('**/executions/**');
        arns[blueprint] = decodeURIComponent(new URL(page.url()).pathname).split('/').at(-1);
      }
      const ends = await Promise.all(Object.values(arns).map((arn) => server.ended(arn)));
      assert.deepEqual(
        Object.fromEntries(Object.keys(arns).map((name, i) => [name, ends[i].status])),
        Object.fromEntries(
          Object.keys(BLUEPRINTS).map((name) => [
            name,
            name === 'Retry failure' ? 'FAILED' : 'SUCCEEDED',
          ]),
        ),
      );
      await execution.open(server.origin, arns['Catch failure']);
      await execution.colour('Call function', 'caught');
      await execution.open(server.origin, arns['Retry failure']);
      await execution.state('Call function').getByText('3 attempts').waitFor();
    }));

  it('breaks a definition, is led to the token, mends it, in JSON and in YAML', () =>
    inTab(async (page, execution) => {
      const editor = new EditorPage(page);
      await page.goto(`${server.origin}/state-machines/create?blueprint=map-state`);
      await editor.finding('No problems found.').waitFor();
      await editor.name('mended');
      await editor.replaceLine('"Next": "Pack it"', '"Next": "Pack"');
      await editor.finding("Missing 'Next' target: Pack").click();
      assert.equal(await execution.button('Create').isDisabled(), true);
      await page.locator('.cm-lintRange-error', { hasText: '"Pack"' }).waitFor();
      await execution.button('YAML').click();
      await editor.replaceLine('Next: Pack', 'Next: Pack it # mended');
      await editor.finding('No problems found.').waitFor();
      await editor.replaceLine('MaxConcurrency: 2', 'MaxConcurrency: 3');
      await execution.button('JSON').click();
      await page.locator('.cm-line', { hasText: '"MaxConcurrency": 3' }).waitFor();
      await execution.button('YAML').click();
      await page.locator('.cm-line', { hasText: '# mended' }).waitFor();

      // The graph and the text go together.
      await execution.select('Done');
      await page.locator('.cm-activeLine', { hasText: 'Done' }).waitFor();
      assert.deepEqual(await violations(page), []);
      await execution.button('Create').click();
      await page.getByRole('tab', { name: 'Definition' }).click();
      await page.getByText('"MaxConcurrency"').waitFor();
    }));

  it('is offered what fits while it writes', () =>
    inTab(async (page) => {
      const editor = new EditorPage(page);
      await page.goto(`${server.origin}/state-machines/create?blueprint=hello-world`);
      await editor.replaceLine('"End": true', '"Ne');
      await page.keyboard.press('Control+Space');
      await page.getByRole('option', { name: 'Next' }).click();
      await page.getByRole('option', { name: 'Hello' }).click();
      await page.locator('.cm-line', { hasText: '"Next": "Hello"' }).waitFor();
    }));

  it('changes a machine, compares versions, deletes it', () =>
    inTab(async (page, execution) => {
      const editor = new EditorPage(page);
      const arn = await server.createMachine('changes', wait(1));
      await server.call('PublishStateMachineVersion', { stateMachineArn: arn });
      await page.goto(`${server.origin}/state-machines/${arn}/edit`);
      await editor.replaceLine('"Seconds": 1', '"Seconds": 2,');
      await editor.finding('No problems found.').waitFor();
      await page.getByText('Publish a version').click();
      await execution.button('Save').click();
      await page.getByRole('tab', { name: 'Versions' }).click();
      await execution.button('Compare').first().click();
      await page.locator('.diff-gone', { hasText: '"Seconds": 1' }).waitFor();
      await page.locator('.diff-new', { hasText: '"Seconds": 2' }).waitFor();
      await execution.button('Delete').click();
      const dialog = page.getByRole('dialog');
      const confirm = dialog.getByRole('button', { name: 'Delete state machine' });
      assert.equal(await confirm.isDisabled(), true);
      await dialog.getByRole('textbox').fill('delete');
      await confirm.click();
      await page.waitForURL(/state-machines$/);
    }));

  it('does not lose what is not saved', () =>
    inTab(async (page) => {
      const editor = new EditorPage(page);
      const asked = [];
      page.on('dialog', (dialog) => {
        asked.push(dialog.message());
        void dialog.dismiss();
      });
      await page.goto(`${server.origin}/state-machines/create?blueprint=parallel`);
      await editor.replaceLine('"Seconds": 3', '"Seconds": 4,');
      await page.getByRole('link', { name: 'State machines' }).first().click();
      await page.locator('.cm-line', { hasText: '"Seconds": 4' }).waitFor();
      assert.equal(asked.length, 1);
    }));
});

describe('somebody whose execution fails', () => {
  it('sees it live, is led to the state, understands, and redrives it', () =>
    inTab(async (page, execution) => {
      const { activityArn } = await server.call('CreateActivity', { name: 'deliver' });
      const machine = await server.createMachine('parcel', {
        StartAt: 'Pack',
        States: {
          Pack: { Type: 'Pass', Next: 'Both' },
          Both: {
            Type: 'Parallel',
            Next: 'Thank',
            Branches: [
              {
                StartAt: 'Deliver',
                States: { Deliver: { Type: 'Task', Resource: activityArn, End: true } },
              },
              { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 1, End: true } } },
            ],
          },
          Thank: { Type: 'Succeed' },
        },
      });
      const arn = await server.startExecution(machine, { parcel: '<img src=x onerror=alert(1)>' });
      await execution.open(server.origin, arn);
      await execution.status('Running');
      await execution.colour('Deliver', 'running');

      await server.answer(activityArn, 'SendTaskFailure', {
        error: 'NotAtHome',
        cause: 'Nobody <b>opened</b>\u0007 the door.',
      });
      await execution.status('Failed');
      await execution.colour('Deliver', 'failed');
      await execution.colour('Both', 'failed');
      await page.getByText('Failed: NotAtHome').waitFor();
      await execution.button('Show state “Deliver”').click();
      await execution.panel.getByRole('heading', { name: 'Deliver' }).waitFor();
      await execution.panel.getByText('Nobody <b>opened</b>').waitFor();
      await execution.panel.getByText('"<img src=x onerror=alert(1)>"').waitFor();

      await execution.button('Redrive').click();
      await execution.button('Redrive execution').click();
      await execution.status('Running');
      await execution.colour('Deliver', 'running');
      await server.answer(activityArn, 'SendTaskSuccess', { output: '{"left":"at the door"}' });
      await execution.status('Succeeded');
      await execution.colour('Deliver', 'succeeded');
      await execution.colour('Thank', 'succeeded');
      await execution.tab('Output');
      await execution.panel.getByText('"at the door"').waitFor();
    }));

  it('finds the failed iteration of a Map among the others', () =>
    inTab(async (page, execution) => {
      const machine = await server.createMachine('numbers', {
        StartAt: 'Each',
        States: {
          Each: {
            Type: 'Map',
            MaxConcurrency: 1,
            End: true,
            ItemProcessor: {
              StartAt: 'Small?',
              States: {
                'Small?': {
                  Type: 'Choice',
                  Choices: [{ Variable: '$', NumericLessThan: 7, Next: 'Fine' }],
                  Default: 'Too large',
                },
                Fine: { Type: 'Succeed' },
                'Too large': { Type: 'Fail', Error: 'TooLarge' },
              },
            },
          },
        },
      });
      const arn = await server.startExecution(machine, [1, 2, 3, 9, 5]);
      await execution.open(server.origin, arn);
      await execution.status('Failed');
      await execution.colour('Too large', 'failed');
      await execution.state('Each').getByText('iteration #3').waitFor();
      await execution.select('Small?');
      await execution.panel.getByRole('button', { name: 'Which time it was entered' }).click();
      await page.getByRole('option', { name: 'Iteration #1' }).click();
      await execution.colour('Fine', 'succeeded');
      await execution.state('Each').getByText('iteration #1').waitFor();
    }));

  it('stops what should not go on', () =>
    inTab(async (page, execution) => {
      const machine = await server.createMachine('waits', wait(3_600));
      await execution.open(server.origin, await server.startExecution(machine, {}));
      await execution.colour('Wait', 'running');
      await execution.button('Stop').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Error').fill('Enough');
      await dialog.getByRole('button', { name: 'Stop execution' }).click();
      await execution.status('Aborted');
      await execution.colour('Wait', 'aborted');
      await page.getByText('Aborted: Enough').waitFor();
    }));
});

describe('somebody who looks closely', () => {
  it('reads the events, filtered, in step with the graph', () =>
    inTab(async (page, execution) => {
      const arn = 'arn:aws:states:us-east-1:123456789012:execution:OrderFlow:first-run';
      await execution.open(server.origin, arn);
      await execution.status('Succeeded');
      await page.getByRole('button', { name: /^Events/ }).click();
      await page.getByLabel('Find events').fill('ExecutionSucceeded');
      await page.getByText('1 of 41 events').waitFor();
      await page.getByLabel('Find events').fill('shipped exited');
      await page.getByRole('button', { name: /PassStateExited/ }).click();
      await execution.panel.getByRole('heading', { name: 'Shipped' }).waitFor();
      await page.getByRole('button', { name: 'Graph', exact: true }).click();
      assert.equal(await execution.state('Shipped').getAttribute('aria-pressed'), 'true');
    }));

  it('moves through the graph by keys', () =>
    inTab(async (page, execution) => {
      const arn = 'arn:aws:states:us-east-1:123456789012:execution:OrderFlow:first-run';
      await execution.open(server.origin, arn);
      await execution.state('Shipped').focus();
      await page.keyboard.press('Enter');
      await execution.panel.getByRole('heading', { name: 'Shipped' }).waitFor();
    }));

  it('is told when the server is gone, and goes on when it is back', () =>
    inTab(async (page, execution) => {
      const machine = await server.createMachine('survives', wait(3_600));
      const arn = await server.startExecution(machine, {});
      await execution.open(server.origin, arn);
      await execution.colour('Wait', 'running');
      await server.kill();
      await page.getByText('What is shown may be old').waitFor();
      await server.start();
      await page.getByText('What is shown may be old').waitFor({ state: 'detached' });
      await server.call('StopExecution', { executionArn: arn });
      await execution.status('Aborted');
    }));

  for (const colorScheme of ['light', 'dark']) {
    it(`can read every page, ${colorScheme}`, () =>
      inTab(
        async (page, execution) => {
          const machine = 'arn:aws:states:us-east-1:123456789012:stateMachine:OrderFlow';
          const arn = 'arn:aws:states:us-east-1:123456789012:execution:OrderFlow:first-run';
          await page.goto(server.origin);
          await page.getByRole('link', { name: 'OrderFlow' }).waitFor();
          assert.deepEqual(await violations(page), []);
          await page.goto(`${server.origin}/state-machines/${machine}`);
          await page.getByRole('link', { name: 'first-run' }).waitFor();
          assert.deepEqual(await violations(page), []);
          await execution.open(server.origin, arn, '?state=Shipped');
          await execution.panel.getByText('"o-1001"').waitFor();
          assert.deepEqual(await violations(page), []);
          await page.getByRole('button', { name: /^Events/ }).click();
          assert.deepEqual(await violations(page), []);
        },
        { colorScheme },
      ));
  }
});
