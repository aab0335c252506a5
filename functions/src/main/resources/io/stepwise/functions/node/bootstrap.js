// Runs a Node.js handler: asks the Runtime API for one event after another and calls the handler.
//
//   module ─▶ next ─▶ handler ─▶ response | error ─▶ next …
//
// Source: AWS, "Building a custom runtime", "Define Lambda function handler in Node.js".
'use strict';

const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const util = require('node:util');
const { pathToFileURL } = require('node:url');

const [HOST, PORT] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const PREFIX = '/2018-06-01/runtime/';
const ROOT = process.env.LAMBDA_TASK_ROOT;
const NODE_MAJOR = Number((/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV) || [0, 20])[1]);
const JSON_LOGS = process.env.AWS_LAMBDA_LOG_FORMAT === 'JSON';
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

// ── The Runtime API, over one connection ────────────────────────────────────────────────────────

/** One request at a time; while a handler works, the connection does not keep the process alive. */
class RuntimeApi {
  constructor() {
    this.received = Buffer.alloc(0);
    this.answered = null;
    this.socket = net.connect({ host: HOST, port: Number(PORT), noDelay: true });
    this.socket.on('data', (data) => this.take(data));
    this.socket.on('error', () => process.exit(1));
    this.socket.on('close', () => process.exit(1));
  }

  next() {
    return this.ask('GET', 'invocation/next', {}, '');
  }

  post(place, headers, body) {
    return this.ask('POST', place, headers, body);
  }

  ask(method, place, headers, body) {
    this.socket.ref();
    const bytes = Buffer.from(body);
    let head = `${method} ${PREFIX}${place} HTTP/1.1\r\nHost: ${HOST}:${PORT}\r\n`;
    for (const name in headers) {
      head += `${name}: ${headers[name]}\r\n`;
    }
    head += method === 'POST' ? `Content-Length: ${bytes.length}\r\n\r\n` : '\r\n';
    return new Promise((resolve) => {
      this.answered = resolve;
      this.socket.write(bytes.length > 0 ? Buffer.concat([Buffer.from(head), bytes]) : head);
    });
  }

  take(data) {
    this.received = this.received.length > 0 ? Buffer.concat([this.received, data]) : data;
    const end = this.received.indexOf('\r\n\r\n');
    if (end < 0) {
      return;
    }
    const lines = this.received.toString('latin1', 0, end).split('\r\n');
    const headers = {};
    for (let i = 1; i < lines.length; i++) {
      const colon = lines[i].indexOf(':');
      headers[lines[i].slice(0, colon).toLowerCase()] = lines[i].slice(colon + 1).trim();
    }
    const bodyEnd = end + 4 + Number(headers['content-length'] || 0);
    if (this.received.length < bodyEnd) {
      return;
    }
    const body = this.received.toString('utf8', end + 4, bodyEnd);
    this.received = this.received.subarray(bodyEnd);
    const resolve = this.answered;
    this.answered = null;
    this.socket.unref();
    resolve({ status: Number(lines[0].slice(9, 12)), headers, body });
  }
}

// ── What is written to the console ──────────────────────────────────────────────────────────────

let requestId;

function patchConsole() {
  const levels = {
    trace: 'TRACE', debug: 'DEBUG', info: 'INFO', log: 'INFO', warn: 'WARN', error: 'ERROR', fatal: 'FATAL',
  };
  for (const [name, level] of Object.entries(levels)) {
    console[name] = (...args) => log(level, args);
  }
}

function log(level, args) {
  const time = new Date().toISOString();
  if (!JSON_LOGS) {
    const text = util.format(...args).replace(/\n/g, '\r');
    process.stdout.write(`${time}\t${requestId}\t${level}\t${text}\n`);
    return;
  }
  const record = { timestamp: time, level, requestId };
  record.message = args.length === 1 && isPlain(args[0]) ? args[0] : util.format(...args);
  const error = args.find((arg) => arg instanceof Error);
  if (error) {
    record.errorType = error.constructor?.name ?? 'UnknownError';
    record.errorMessage = error.message;
    record.stackTrace = String(error.stack).split('\n');
  }
  process.stdout.write(JSON.stringify(record) + '\n');
}

function isPlain(value) {
  return typeof value === 'object' && value !== null && !(value instanceof Error);
}

// ── Errors, as callers are told them ────────────────────────────────────────────────────────────

class RuntimeError extends Error {
  constructor(name, message) {
    super(message);
    this.name = `Runtime.${name}`;
  }
}

/** The body of an error: its name, its message, its stack. */
function described(error) {
  if (util.types.isNativeError(error) || (error && error.name && error.message !== undefined && error.stack)) {
    return {
      errorType: String(error.name).replace(/\x7F/g, '%7F'),
      errorMessage: String(error.message).replace(/\x7F/g, '%7F'),
      trace: String(error.stack).replace(/\x7F/g, '%7F').split('\n'),
    };
  }
  return {
    errorType: error === undefined || error === null ? 'string' : typeof error,
    errorMessage: error === undefined || error === null ? 'handled' : String(error),
    trace: [],
  };
}

function logError(what, error) {
  const { errorType, errorMessage, trace } = described(error);
  const shown = { errorType, errorMessage };
  if (error && error.code !== undefined) {
    shown.code = error.code;
  }
  if (error && typeof error === 'object') {
    for (const key of Object.keys(error)) {
      if (!(key in shown) && key !== 'name') {
        shown[key] = error[key];
      }
    }
  }
  shown.stack = trace;
  let text;
  try {
    text = JSON.stringify(shown);
  } catch {
    text = JSON.stringify({ errorType, errorMessage, stack: trace });
  }
  process.stdout.write(`${new Date().toISOString()}\t${requestId}\tERROR\t${what} \t${text}\n`);
}

// ── Finding the handler ─────────────────────────────────────────────────────────────────────────

async function loadHandler() {
  const name = process.env._HANDLER || '';
  if (name.includes('..')) {
    throw new RuntimeError(
      'MalformedHandlerName',
      `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const base = path.basename(name);
  const folder = name.slice(0, name.lastIndexOf(base));
  const dot = base.indexOf('.');
  if (dot <= 0 || dot === base.length - 1) {
    throw new RuntimeError('MalformedHandlerName', 'Bad handler');
  }
  const moduleName = base.slice(0, dot);
  const exported = base.slice(dot + 1);
  let found;
  try {
    found = await loadModule(path.resolve(ROOT, folder.replace(/^\/+/, ''), moduleName), folder, moduleName);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new RuntimeError('UserCodeSyntaxError', String(error));
    }
    if (error && error.code === 'MODULE_NOT_FOUND') {
      throw new RuntimeError('ImportModuleError', String(error));
    }
    throw error;
  }
  let handler = found;
  for (const part of exported.split('.')) {
    handler = handler === undefined || handler === null ? undefined : handler[part] ?? handler.default?.[part];
  }
  if (handler === undefined || handler === null) {
    throw new RuntimeError('HandlerNotFound', `${name} is undefined or not exported`);
  }
  if (typeof handler !== 'function') {
    throw new RuntimeError('HandlerNotFound', `${name} is not a function`);
  }
  if (NODE_MAJOR >= 24 && handler.length >= 3 && !isAsync(handler) && handler[STREAMING] === undefined) {
    throw new RuntimeError(
      'CallbackHandlerDeprecated',
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24.'
        + ' You need to modify this function to use a supported handler signature to use Node.js 24 or later.'
        + ' For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
    );
  }
  return handler;
}

function isAsync(handler) {
  return handler.constructor && handler.constructor.name === 'AsyncFunction';
}

/** The exact file, then .js, .mjs, .cjs, then what Node.js itself finds under that name. */
async function loadModule(file, folder, moduleName) {
  if (isFile(file)) {
    return require(file);
  }
  if (isFile(file + '.js')) {
    return isModule(path.dirname(file)) ? import(pathToFileURL(file + '.js').href) : require(file + '.js');
  }
  if (isFile(file + '.mjs')) {
    return import(pathToFileURL(file + '.mjs').href);
  }
  if (isFile(file + '.cjs')) {
    return require(file + '.cjs');
  }
  let resolved;
  try {
    resolved = require.resolve(moduleName, { paths: [ROOT, path.resolve(ROOT, folder.replace(/^\/+/, ''))] });
  } catch {
    const missing = new Error(`Cannot find module '${moduleName}'\nRequire stack:\n- /var/runtime/index.mjs`);
    missing.code = 'MODULE_NOT_FOUND';
    throw missing;
  }
  return require(resolved);
}

function isFile(file) {
  return fs.existsSync(file) && fs.statSync(file).isFile();
}

/** Whether the nearest package.json says that files are ES modules. */
function isModule(folder) {
  for (let at = folder; ; at = path.dirname(at)) {
    if (path.basename(at) === 'node_modules') {
      return false;
    }
    const description = path.join(at, 'package.json');
    if (fs.existsSync(description)) {
      try {
        return JSON.parse(fs.readFileSync(description, 'utf8')).type === 'module';
      } catch {
        return false;
      }
    }
    if (at === path.dirname(at)) {
      return false;
    }
  }
}

// ── Handlers that stream ────────────────────────────────────────────────────────────────────────

/** What a streaming handler writes is collected: callers are answered when it ends. */
function defineStreaming() {
  if (/^(1|true)$/.test(process.env.AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA || '')) {
    return;
  }
  globalThis.awslambda = {
    streamifyResponse: (handler) => {
      handler[STREAMING] = 'response';
      return handler;
    },
    HttpResponseStream: { from: (stream) => stream },
  };
}

function collected(handler, event, context) {
  const { Writable } = require('node:stream');
  const chunks = [];
  const stream = new Writable({
    write(chunk, encoding, done) {
      chunks.push(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk));
      done();
    },
  });
  stream.setContentType = () => {};
  return new Promise((resolve, reject) => {
    stream.on('finish', () => resolve(new Raw(Buffer.concat(chunks).toString('utf8'))));
    stream.on('error', reject);
    Promise.resolve(handler(event, stream, context)).catch(reject);
  });
}

class Raw {
  constructor(text) {
    this.text = text;
  }
}

// ── One invocation after another ────────────────────────────────────────────────────────────────

let api;

/** The invocation at work: how it ends, and what an empty event loop means for it. */
let current = null;

function run(handler, event) {
  const headers = event.headers;
  requestId = headers['lambda-runtime-aws-request-id'];
  if (headers['lambda-runtime-trace-id']) {
    process.env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'];
  } else {
    delete process.env._X_AMZN_TRACE_ID;
  }
  return new Promise((ended) => {
    const invocation = { settled: false, onEmptyLoop: null };
    current = invocation;
    const finish = (place, body) => {
      invocation.settled = true;
      current = null;
      ended({ place: `invocation/${requestId}/${place}`, body });
    };
    const succeed = (result) => {
      if (!invocation.settled) {
        const text = printed(result);
        text instanceof Error ? fail(text) : finish('response', text);
      }
    };
    const fail = (error) => {
      if (!invocation.settled) {
        logError('Invoke Error', error);
        finish('error', JSON.stringify(described(error)));
      }
    };
    const context = newContext(headers, succeed, fail);
    const callback = (error, result) => {
      if (invocation.settled || invocation.called) {
        return;
      }
      invocation.called = true;
      if (error !== undefined && error !== null) {
        fail(error);
      } else if (context.callbackWaitsForEmptyEventLoop === false) {
        succeed(result);
      } else {
        invocation.onEmptyLoop = () => succeed(result);
      }
    };
    try {
      const input = JSON.parse(event.body);
      const result =
        handler[STREAMING] === undefined
          ? handler(input, context, callback)
          : collected(handler, input, context);
      if (result !== undefined && result !== null && typeof result.then === 'function') {
        result.then(succeed, fail);
      } else if (NODE_MAJOR >= 24) {
        succeed(result);
      } else if (!invocation.called) {
        invocation.onEmptyLoop ??= () => succeed(null); // what it returned is not looked at
      }
    } catch (error) {
      fail(error);
    }
  });
}

/** A result as JSON, or the error that it can't be. */
function printed(result) {
  if (result instanceof Raw) {
    return result.text;
  }
  try {
    const text = JSON.stringify(result === undefined ? null : result);
    if (text === undefined) {
      return new TypeError('Wrong arguments');
    }
    return text;
  } catch {
    return new Error('Unable to stringify response body');
  }
}

function newContext(headers, succeed, fail) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const env = process.env;
  const old =
    NODE_MAJOR >= 24
      ? {}
      : {
          callbackWaitsForEmptyEventLoop: true,
          succeed,
          fail,
          done: (error, result) => (error ? fail(error) : succeed(result)),
        };
  return {
    ...old,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: parsed(headers['lambda-runtime-client-context']),
    identity: parsed(headers['lambda-runtime-cognito-identity']),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: requestId,
    tenantId: headers['lambda-runtime-aws-tenant-id'],
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

function parsed(text) {
  return text === undefined ? undefined : JSON.parse(text);
}

/** Tells of an error that no handler caught, and ends the process. */
async function die(what, error, code) {
  logError(what, error);
  if (current !== null && !current.settled) {
    current.settled = true;
    const body = JSON.stringify(described(error));
    await api.post(`invocation/${requestId}/error`, {}, body);
  }
  process.exit(code);
}

async function main() {
  api = new RuntimeApi();
  patchConsole();
  defineStreaming();
  process.on('uncaughtException', (error) => void die('Uncaught Exception', error, 129));
  process.on('unhandledRejection', (reason) => {
    const error = new RuntimeError('UnhandledPromiseRejection', String(reason));
    if (reason instanceof Error) {
      error.stack = `${error.name}: ${error.message}\n${String(reason.stack).split('\n').slice(1).join('\n')}`;
    }
    void die('Unhandled Promise Rejection', error, 128);
  });
  process.on('beforeExit', () => {
    if (current === null || current.settled) {
      return;
    }
    if (current.onEmptyLoop) {
      current.onEmptyLoop();
      return;
    }
    const error = new RuntimeError(
      'NodeJsExit',
      'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a'
        + ' Promise that was never settled. For more information, see'
        + ' https://nodejs.org/docs/latest/api/process.html#exit-codes',
    );
    void die('Invoke Error', error, 13);
  });
  let handler;
  try {
    handler = await loadHandler();
  } catch (error) {
    logError('Init Error', error);
    const body = described(error);
    await api.post('init/error', { 'Lambda-Runtime-Function-Error-Type': body.errorType }, JSON.stringify(body));
    process.exit(1);
  }
  for (;;) {
    const event = await api.next();
    const { place, body } = await run(handler, event);
    await api.post(place, { 'Content-Type': 'application/json' }, body);
  }
}

void main();
