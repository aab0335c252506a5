import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
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
    await page.context().close();
  }
}

const FIRST = 'arn:aws:states:us-east-1:123456789012:execution:OrderFlow:first-run';

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
      await execution.panel.getByLabel('Iteration #').fill('1');
      await execution.colour('Fine', 'succeeded');
      await execution.state('Each').getByText('iteration #1').waitFor();
    }));

  it('follows it in two tabs, through one stream', () =>
    inTab(async (page, execution) => {
      const { activityArn } = await server.call('CreateActivity', { name: 'twice' });
      const task = { Type: 'Task', Resource: activityArn };
      const machine = await server.createMachine('two-tabs', {
        StartAt: 'First',
        States: { First: { ...task, Next: 'Second' }, Second: { ...task, End: true } },
      });
      const arn = await server.startExecution(machine, {});
      await execution.open(server.origin, arn);
      await execution.colour('First', 'running');
      const streams = [];
      const beside = await page.context().newPage();
      beside.on('request', (request) => {
        if (request.url().includes('/_stepwise/events')) {
          streams.push(request.url());
        }
      });
      await beside.goto(`${server.origin}/state-machines/${machine}`);
      const row = beside.getByRole('row').nth(1);
      await row.getByText('Running').waitFor();
      await server.answer(activityArn, 'SendTaskSuccess', { output: '{}' });
      await execution.colour('Second', 'running');
      await server.startExecution(machine, {});
      await beside.getByRole('button', { name: '1 new execution' }).waitFor();
      await server.answer(activityArn, 'SendTaskSuccess', { output: '{}' });
      await execution.status('Succeeded');
      await row.getByText('Succeeded').waitFor();
      assert.deepEqual(streams, []);

      // The tab that held the stream goes; the other takes it up.
      await page.goto('about:blank');
      await server.answer(activityArn, 'SendTaskFailure', { error: 'Enough' });
      // It asks anew, since it may have missed something in between.
      await row.getByText('Failed').waitFor();
      assert.equal(streams.length, 1);
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

describe('somebody who steers', () => {
  it('finds executions by name, status, time and error, and stops many at once', () =>
    inTab(async (page, execution) => {
      const arn = await server.createMachine('herd', {
        StartAt: 'Sick?',
        States: {
          'Sick?': {
            Type: 'Choice',
            Choices: [{ Variable: '$.sick', BooleanEquals: true, Next: 'Sick' }],
            Default: 'Graze',
          },
          Sick: { Type: 'Fail', Error: 'Sick', Cause: 'Ate too much.' },
          Graze: { Type: 'Wait', Seconds: 3_600, End: true },
        },
      });
      for (let i = 0; i < 60; i++) {
        await server.startExecution(arn, { sick: i % 10 === 0 }, `cow-${i}`);
      }
      const rows = page.getByRole('row');
      const open = (query) => page.goto(`${server.origin}/state-machines/${arn}?${query}`);
      await open('status=FAILED');
      await page.getByRole('link', { name: 'cow-50' }).waitFor();
      assert.equal(await rows.count(), 7);
      await open('name=cow-1&when=1h');
      await page.getByRole('link', { name: 'cow-19' }).waitFor();
      assert.equal(await rows.count(), 12);
      await page.getByLabel('Error').fill('sick');
      await page.getByRole('link', { name: 'cow-19' }).waitFor({ state: 'detached' });
      await page.getByRole('link', { name: 'cow-10' }).waitFor();
      assert.match(page.url(), /name=cow-1&when=1h&error=sick/);

      // Older ones by their page, and back.
      await open('');
      await page.getByRole('link', { name: 'cow-59' }).waitFor();
      await execution.button('Older').click();
      await page.getByRole('link', { name: 'cow-0', exact: true }).waitFor();
      await page.goBack();
      await page.getByRole('link', { name: 'cow-59' }).waitFor();

      await open('status=RUNNING&name=cow-2');
      await page.getByRole('link', { name: 'cow-29' }).waitFor();
      await page.getByLabel('All on this page').first().click();
      await execution.button('Stop').first().click();
      await execution.button('Stop 10 executions').click();
      await page.getByText('10 of 10 done').waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
      await page.getByText('No execution fits these filters').waitFor();
    }));

  it('keeps filters under a name, and finds them again', () =>
    inTab(async (page, execution) => {
      const arn = await server.createMachine('viewed', wait(3_600));
      await server.startExecution(arn, {}, 'one');
      await page.goto(`${server.origin}/state-machines/${arn}?status=RUNNING&when=1d`);
      await page.getByRole('link', { name: 'one', exact: true }).waitFor();
      await execution.button('Views').click();
      await page.getByRole('menuitem', { name: 'Save these filters' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('runs today');
      assert.deepEqual(await violations(page), []);
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      await execution.button('View: runs today').waitFor();

      await page.goto(`${server.origin}/state-machines/${arn}?name=nobody`);
      await page.getByText('No execution fits these filters').waitFor();
      await execution.button('Views').click();
      await page.getByRole('menuitem', { name: 'runs today' }).click();
      await page.getByRole('link', { name: 'one', exact: true }).waitFor();
      assert.match(page.url(), /\?status=RUNNING&when=1d$/);

      await execution.button('View: runs today').click();
      await page.getByRole('menuitem', { name: 'Forget a view' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Forget' }).click();
      await execution.button('Views').waitFor();
    }));

  it('sees how a machine is doing, and which states are to blame', () =>
    inTab(async (page, execution) => {
      const arn = await server.createMachine('doing', {
        StartAt: 'Look',
        States: {
          Look: {
            Type: 'Choice',
            Choices: [{ Variable: '$.sick', BooleanEquals: true, Next: 'Sick' }],
            Default: 'Well',
          },
          Sick: { Type: 'Fail', Error: 'Sick' },
          Well: { Type: 'Succeed' },
        },
      });
      for (let i = 0; i < 6; i++) {
        await server.startExecution(arn, { sick: i % 3 === 0 });
      }
      const fact = (name) =>
        page.locator('.monitoring .facts > div', { hasText: name }).locator('dd').textContent();
      const open = () =>
        page.goto(`${server.origin}/state-machines/${arn}?tab=monitoring&range=1h`);
      await open();
      await page.getByText('The slowest states').waitFor();
      assert.equal(await fact('Started'), '6');
      assert.equal(await fact('Failed'), '2');
      await page
        .getByRole('radio', { name: 'Most failing' })
        .or(execution.button('Most failing'))
        .first()
        .click();
      await page.locator('[data-state="Sick"].heat5').getByText('2 of 2 failed').waitFor();
      await execution.button('3 h').click();
      assert.match(page.url(), /range=3h/);

      // Told in numbers, by the keys.
      await page.locator('.chart-host').first().focus();
      await page.keyboard.press('ArrowLeft');
      await page.locator('.chart-said').first().getByText('Started 6').waitFor();
      assert.deepEqual(await violations(page), []);

      // It goes on counting while somebody looks, and what was asked for outlives the server.
      await server.startExecution(arn, { sick: true });
      await page.waitForFunction(() =>
        /Failed3/.test(document.querySelector('.monitoring .facts').textContent),
      );
      await server.kill();
      await server.start();
      await open();
      await page.getByText('The slowest states').waitFor();
      assert.equal(await fact('Started'), '7');

      await page.getByRole('link', { name: 'Monitoring', exact: true }).click();
      await page.getByRole('link', { name: 'doing' }).waitFor();
      await page.getByText('billed transitions of all state machines').waitFor();
      assert.deepEqual(await violations(page), []);
    }));

  it('finds its way over a long graph by its map', () =>
    inTab(async (page, execution) => {
      const states = Object.fromEntries(
        Array.from({ length: 60 }, (_, i) => [
          `S${i}`,
          i === 59 ? { Type: 'Succeed' } : { Type: 'Pass', Next: `S${i + 1}` },
        ]),
      );
      const arn = await server.createMachine('long', { StartAt: 'S0', States: states });
      await execution.open(server.origin, await server.startExecution(arn, {}));
      await execution.colour('S0', 'succeeded');
      const map = page.locator('.minimap');
      const { x, y, width, height } = await map.boundingBox();
      await page.mouse.click(x + width / 2, y + height - 10);
      const inSight = async (name) => {
        const [box, graph] = [
          await execution.state(name).boundingBox(),
          await page.locator('.graph').boundingBox(),
        ];
        return box.y > graph.y && box.y < graph.y + graph.height;
      };
      assert.ok(await inSight('S59'));
      assert.ok(!(await inSight('S0')));
      await execution.button('Show the whole graph').click();
      await map.waitFor({ state: 'hidden' });
    }));

  it('gives an approval in the browser, and plays a worker', () =>
    inTab(async (page, execution) => {
      const child = await server.createMachine('waits-for-answer', wait(3_600));
      const machine = await server.createMachine('approval', {
        StartAt: 'Approve',
        States: {
          Approve: {
            Type: 'Task',
            Resource: 'arn:aws:states:::states:startExecution.waitForTaskToken',
            Parameters: { StateMachineArn: child, Input: { 'token.$': '$$.Task.Token' } },
            Next: 'Deliver',
          },
          Deliver: {
            Type: 'Task',
            Resource: (await server.call('CreateActivity', { name: 'by-hand' })).activityArn,
            End: true,
          },
        },
      });
      const arn = await server.startExecution(machine, { parcel: 7 });
      await execution.open(server.origin, arn);
      await execution.colour('Approve', 'running');
      await page.getByRole('link', { name: 'Activities' }).click();
      await execution.button('Answer').click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('textarea').fill('{"approved": true}');
      assert.deepEqual(await violations(page), []);
      await dialog.getByRole('button', { name: 'Send success' }).click();
      await page.getByRole('link', { name: 'by-hand', exact: true }).click();
      await execution.button('Take a task').click();
      await page.getByText('"approved"').waitFor();
      await page.locator('textarea').fill('{"delivered": true}');
      await execution.button('Send success').click();
      await execution.open(server.origin, arn);
      await execution.status('Succeeded');
      await execution.select('Approve');
      await execution.panel.getByRole('link').first().click();
      await execution.colour('Wait', 'running');
      await page.getByRole('link', { name: 'Back to' }).click();
      await execution.colour('Deliver', 'succeeded');
    }));

  it('watches a map run, and lets it go faster', () =>
    inTab(async (page, execution) => {
      const machine = await server.createMachine('spread', {
        StartAt: 'Spread',
        States: {
          Spread: {
            Type: 'Map',
            MaxConcurrency: 1,
            End: true,
            ItemProcessor: {
              ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
              StartAt: 'Wait',
              States: { Wait: { Type: 'Wait', Seconds: 1, End: true } },
            },
          },
        },
      });
      const arn = await server.startExecution(machine, [...Array(30).keys()]);
      await execution.open(server.origin, arn);
      await execution.colour('Spread', 'running');
      await execution.select('Spread');
      await execution.panel.getByRole('link', { name: 'a map run' }).click();
      await page.getByText(/of 30 done/).waitFor();
      await execution.button('Edit settings').click();
      await page.getByRole('dialog').getByLabel('Concurrency').fill('30');
      await execution.button('Save settings').click();
      await page.getByText('30 of 30 done').waitFor();
      await execution.status('Succeeded');
      await execution.button('Refresh').click();
      assert.deepEqual(await violations(page), []);
      await page.getByRole('row').nth(1).getByRole('link').click();
      await execution.colour('Wait', 'succeeded');
      await page.getByRole('link', { name: 'Open' }).click();
      await page.getByText('30 of 30 done').waitFor();
    }));
});

describe('somebody who looks closely', () => {
  it('sees the same state in graph, timeline, table and events, and its data stage by stage', () =>
    inTab(async (page, execution) => {
      const child = await server.createMachine('nested', wait(0));
      const machine = await server.createMachine('nests', {
        StartAt: 'Call',
        States: {
          Call: {
            Type: 'Task',
            Resource: 'arn:aws:states:::states:startExecution.sync:2',
            Parameters: { StateMachineArn: child, Input: { 'order.$': '$.order' } },
            ResultSelector: { 'how.$': '$.Status' },
            ResultPath: '$.call',
            Next: 'Done',
          },
          Done: { Type: 'Succeed' },
        },
      });
      const arn = await server.startExecution(machine, { order: 12 });
      await execution.open(server.origin, arn, '?view=timeline');
      await execution.status('Succeeded');
      await page.locator('.tl-label', { hasText: 'Call' }).click();
      await execution.panel.getByRole('heading', { name: 'Call' }).waitFor();
      await execution.tab('Data flow');
      await execution.panel.getByText('"how"').first().waitFor();
      await execution.panel.getByText('After ResultSelector').waitFor();
      await execution.tab('Difference');
      await execution.panel.locator('.diff-new', { hasText: '"how": "SUCCEEDED"' }).waitFor();
      await page.keyboard.press('3');
      await page.locator('.st-row.marked', { hasText: 'Call' }).waitFor();
      assert.deepEqual(await violations(page), []);
      await page.keyboard.press('4');
      await page.locator('.event-row.marked', { hasText: 'TaskSubmitted' }).waitFor();
      await page.keyboard.press('1');
      assert.equal(await execution.state('Call').getAttribute('aria-pressed'), 'true');
      await execution.panel.getByRole('link').first().click();
      await execution.colour('Wait', 'succeeded');
      await page.getByRole('link', { name: 'Back to' }).click();
      await execution.panel.getByRole('heading', { name: 'Call' }).waitFor();

      await execution.tab('Data flow');
      await execution.button('Open in Test state').click();
      await execution.button('Test state').click();
      await page.getByText('After ResultSelector').waitFor();
      assert.deepEqual(await violations(page), []);
    }));

  it('takes a picture, the history and a command along', () =>
    inTab(async (page, execution) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await execution.open(server.origin, FIRST, '?state=Shipped');
      await execution.colour('Shipped', 'succeeded');
      const saved = async (item) => {
        await execution.button('Export').click();
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('menuitem', { name: item }).click(),
        ]);
        return readFileSync(await download.path());
      };
      const svg = (await saved('Graph as SVG')).toString();
      assert.match(svg, /^<svg .*Shipped.*<\/svg>\n$/s);
      const png = await saved('Graph as PNG');
      assert.equal(png.subarray(1, 4).toString(), 'PNG');
      assert.ok(png.length > 10_000);
      assert.equal(JSON.parse(await saved('History as JSON')).events.length, 41);
      await execution.button('Export').click();
      await page.getByRole('menuitem', { name: 'Copy as AWS CLI command' }).click();
      await execution.button('Copied').waitFor();
      const command = await page.evaluate(() => navigator.clipboard.readText());
      assert.match(command, /^aws stepfunctions start-execution/);
    }));

  it('goes through a Map of thousands and their 23,000 events, to the one that still runs', () =>
    inTab(async (page, execution) => {
      const machine = await server.createMachine('thousands', {
        StartAt: 'Count',
        States: {
          Count: {
            Type: 'Map',
            End: true,
            ItemProcessor: {
              StartAt: 'Odd one?',
              States: {
                'Odd one?': {
                  Type: 'Choice',
                  Choices: [{ Variable: '$', NumericEquals: 3_210, Next: 'Odd one' }],
                  Default: 'Fine',
                },
                Fine: { Type: 'Succeed' },
                'Odd one': { Type: 'Wait', Seconds: 3_600, End: true },
              },
            },
          },
        },
      });
      // Six events each; a history holds 25,000.
      const arn = await server.startExecution(machine, [...Array(3_900).keys()]);
      await execution.open(server.origin, arn);
      page.setDefaultTimeout(30_000);
      await execution.state('Count').getByText('iteration #3210 of 3900').waitFor();
      page.setDefaultTimeout(10_000);
      await execution.colour('Odd one', 'running');
      await execution.select('Count');
      await execution.panel.getByRole('button', { name: /1 running/ }).click();
      await execution.panel.getByRole('heading', { name: 'Odd one' }).waitFor();
      await execution.panel.getByLabel('Iteration #').fill('42');
      await execution.colour('Fine', 'succeeded');
      const started = Date.now();
      await execution.panel.getByRole('button', { name: 'Iteration after' }).click();
      await execution.state('Count').getByText('iteration #43 of 3900').waitFor();
      assert.ok(Date.now() - started < 2_000);
      await page.keyboard.press('4');
      await page.getByLabel('Find events').fill('"index":3210');
      await page.getByText(/of \d+ events/).waitFor();
    }));

  it('does all of it by keys', () =>
    inTab(async (page, execution) => {
      await page.goto(server.origin);
      await page.getByRole('link', { name: 'OrderFlow' }).waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('order');
      await page.getByText('1 found').first().waitFor();
      await page.keyboard.press('Control+k');
      await page.keyboard.type('state machine orderflow');
      await page.getByRole('option', { name: 'OrderFlow State machine' }).waitFor();
      assert.deepEqual(await violations(page), []);
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: 'first-run' }).waitFor();
      await page.keyboard.press('Control+k');
      await page.keyboard.type(FIRST);
      await page.keyboard.press('Enter');
      await execution.colour('Shipped', 'succeeded');
      await page.keyboard.press('Control+k');
      await page.keyboard.type('select state check order');
      await page.keyboard.press('Enter');
      await execution.panel.getByRole('heading', { name: 'Check order' }).waitFor();
      await page.keyboard.press('Escape');
      await execution.panel.getByRole('heading', { name: 'Execution' }).waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog').getByText('goes to the search of the page').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('g');
      await page.keyboard.press('t');
      await execution.button('Test state').waitFor();
    }));

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
      const { width } = await execution.panel.boundingBox();
      await page.getByRole('separator').focus();
      await page.keyboard.press('ArrowLeft');
      assert.ok((await execution.panel.boundingBox()).width > width + 10);
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
          await page.goto(`${server.origin}/state-machines/create`);
          await page.getByRole('link', { name: 'Job poller' }).waitFor();
          assert.deepEqual(await violations(page), []);
          for (const tab of ['monitoring', 'logging', 'versions', 'aliases', 'tags']) {
            await page.goto(`${server.origin}/state-machines/${machine}?tab=${tab}`);
            await page.getByRole('tabpanel').getByText(/./).first().waitFor();
            assert.deepEqual(await violations(page), []);
          }
          await execution.open(server.origin, arn, '?view=timeline&state=Charge card&tab=attempts');
          await page.locator('.tl-bar.wait').nth(1).waitFor();
          assert.deepEqual(await violations(page), []);
        },
        { colorScheme },
      ));
  }
});
