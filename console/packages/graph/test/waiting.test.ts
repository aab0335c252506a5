import { describe, expect, it } from 'vitest';
import { Outline, readHistory, waitingIn, type Scope } from '../src/index.ts';
import { at, events } from './histories.ts';

const task = (fields: Record<string, unknown>): Scope => ({
  StartAt: 'Ask',
  States: { Ask: { Type: 'Task', End: true, ...fields } },
});

function waiting(definition: Scope, ...history: Parameters<typeof events>) {
  const outline = new Outline(definition);
  return waitingIn(outline, readHistory(outline, events(...history)));
}

const ASK = task({
  Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
  Parameters: { QueueUrl: 'q', MessageBody: { 'answer.$': '$$.Task.Token', 'order.$': '$.order' } },
});

const handed = (parameters: unknown) => ({
  resourceType: 'sqs',
  resource: 'sendMessage.waitForTaskToken',
  parameters: JSON.stringify(parameters),
});

describe('what waits for somebody', () => {
  it('is a task with a token, which stands where the definition puts it', () => {
    const parameters = { QueueUrl: 'q', MessageBody: { answer: 'tok', order: 1 } };

    expect(
      waiting(
        ASK,
        ['2<-0 TaskStateEntered', { name: 'Ask' }],
        ['3<-2 TaskScheduled', handed(parameters)],
        ['4<-3 TaskStarted'],
        ['5<-4 TaskSubmitted'],
      ),
    ).toMatchObject([{ kind: 'token', token: 'tok', since: at(3) }]);
  });

  it('is one in JSONata, and one whose body is handed on as text', () => {
    const jsonata = task({
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { Payload: { token: '{% $states.context.Task.Token %}' } },
    });
    const history = (parameters: unknown): Parameters<typeof events> => [
      ['2<-0 TaskStateEntered', { name: 'Ask' }],
      ['3<-2 TaskScheduled', handed(parameters)],
    ];

    expect(waiting(jsonata, ...history({ Payload: { token: 'a' } }))).toMatchObject([
      { token: 'a' },
    ]);
    expect(waiting(ASK, ...history({ MessageBody: '{"answer":"b"}' }))).toMatchObject([
      { token: 'b' },
    ]);
    expect(waiting(ASK, ...history({}))).toMatchObject([{ kind: 'token', token: undefined }]);
  });

  it('is an activity, with its worker once there is one', () => {
    const resource = 'arn:aws:states:us-east-1:123456789012:activity:approve';
    const activity = task({ Resource: resource });
    const scheduled: Parameters<typeof events> = [
      ['2<-0 TaskStateEntered', { name: 'Ask' }],
      ['3<-2 ActivityScheduled', { resource }],
    ];

    expect(waiting(activity, ...scheduled)).toMatchObject([
      { kind: 'activity', activityArn: resource, taken: false, worker: undefined },
    ]);
    expect(
      waiting(activity, ...scheduled, ['4<-3 ActivityStarted', { workerName: 'me' }]),
    ).toMatchObject([{ taken: true, worker: 'me' }]);
  });

  it('is nothing that has been answered, or calls on its own', () => {
    expect(
      waiting(
        ASK,
        ['2<-0 TaskStateEntered', { name: 'Ask' }],
        ['3<-2 TaskScheduled', handed({})],
        ['4<-3 TaskSucceeded'],
        ['5<-4 TaskStateExited', { name: 'Ask' }],
      ),
    ).toEqual([]);
    expect(
      waiting(
        task({ Resource: 'arn:aws:states:::lambda:invoke' }),
        ['2<-0 TaskStateEntered', { name: 'Ask' }],
        ['3<-2 TaskScheduled', handed({})],
      ),
    ).toEqual([]);
  });
});
