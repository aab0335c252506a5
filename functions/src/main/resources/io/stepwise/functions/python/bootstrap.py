"""Runs a Python handler: asks the Runtime API for one event after another and calls the handler.

    module -> next -> handler -> response | error -> next ...

Source: AWS, "Building a custom runtime", "Define Lambda function handler in Python".
"""

import sys

# Before anything else: what a handler imports must not be found beside this file.
sys.path = [entry for entry in sys.path if entry and entry != sys.path[0]]

import decimal
import importlib
import importlib.util
import json
import os
import socket
import time
import traceback

PREFIX = "/2018-06-01/runtime/"
RUNTIME_FILE = os.path.abspath(__file__)
JSON_LOGS = os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON"


# -- The Runtime API, over one connection ----------------------------------------------------------


class RuntimeApi:
    def __init__(self, address):
        host, port = address.split(":")
        self.host = address
        self.socket = socket.create_connection((host, int(port)))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""

    def next(self):
        return self.ask("GET", "invocation/next", {}, None)

    def post(self, place, headers, body):
        return self.ask("POST", place, headers, body)

    def ask(self, method, place, headers, body):
        head = [f"{method} {PREFIX}{place} HTTP/1.1", f"Host: {self.host}"]
        head += [f"{name}: {value}" for name, value in headers.items()]
        if body is not None:
            head.append(f"Content-Length: {len(body)}")
        self.socket.sendall(("\r\n".join(head) + "\r\n\r\n").encode("latin-1") + (body or b""))
        return self.answer()

    def answer(self):
        while (end := self.received.find(b"\r\n\r\n")) < 0:
            self.more()
        lines = self.received[:end].decode("latin-1").split("\r\n")
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        total = end + 4 + int(headers.get("content-length", "0"))
        while len(self.received) < total:
            self.more()
        body = self.received[end + 4 : total]
        self.received = self.received[total:]
        return headers, body

    def more(self):
        data = self.socket.recv(1 << 20)
        if not data:
            os._exit(1)  # nobody is there any more
        self.received += data


# -- What a handler gets ---------------------------------------------------------------------------


class CognitoIdentity:
    def __init__(self, told):
        self.cognito_identity_id = told.get("cognitoIdentityId")
        self.cognito_identity_pool_id = told.get("cognitoIdentityPoolId")


class Client:
    def __init__(self, told):
        self.installation_id = told.get("installation_id")
        self.app_title = told.get("app_title")
        self.app_version_name = told.get("app_version_name")
        self.app_version_code = told.get("app_version_code")
        self.app_package_name = told.get("app_package_name")


class ClientContext:
    def __init__(self, told):
        self.custom = told.get("custom")
        self.env = told.get("env")
        self.client = Client(told["client"]) if told.get("client") else None


class LambdaContext:
    def __init__(self, headers):
        env = os.environ
        self.aws_request_id = headers.get("lambda-runtime-aws-request-id")
        self.log_group_name = env.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = env.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = env.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = env.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = env.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn")
        self.tenant_id = headers.get("lambda-runtime-aws-tenant-id")
        client = headers.get("lambda-runtime-client-context")
        self.client_context = ClientContext(json.loads(client)) if client else None
        identity = headers.get("lambda-runtime-cognito-identity")
        self.identity = CognitoIdentity(json.loads(identity) if identity else {})
        self._deadline = int(headers.get("lambda-runtime-deadline-ms", "0"))

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))
        sys.stdout.flush()


# -- Errors, as callers are told them --------------------------------------------------------------


class Fault(Exception):
    """What the runtime itself found wrong."""

    def __init__(self, error_type, message, trace=None):
        super().__init__(message)
        self.body = {"errorMessage": message, "errorType": error_type, "requestId": "", "stackTrace": trace or []}


def described(error, request_id):
    """The body of an error: its message, its class, the frames that are not ours."""
    frames = traceback.extract_tb(error.__traceback__)
    while frames and os.path.abspath(frames[0].filename) == RUNTIME_FILE:
        frames.pop(0)
    return {
        "errorMessage": str(error),
        "errorType": type(error).__name__,
        "requestId": request_id,
        "stackTrace": traceback.format_list(frames),
    }


def log_error(body, request_id):
    if JSON_LOGS:
        record = {"timestamp": now(False), "log_level": "ERROR"}
        record.update(body)
        print_raw(json.dumps(record) + "\n")
        return
    text = f"[ERROR] {body['errorType']}: {body['errorMessage']}"
    if body["stackTrace"]:
        lines = "".join(body["stackTrace"]).rstrip("\n").split("\n")
        text += "\rTraceback (most recent call last):\r" + "\r".join(indented(line) for line in lines)
    print_raw(text.replace("\n", "\r") + "\n")


def indented(line):
    stripped = line.lstrip(" ")
    return "\u00a0" * (len(line) - len(stripped)) + stripped


def print_raw(text):
    sys.stdout.flush()
    sys.stdout.write(text)
    sys.stdout.flush()


# -- Logging ---------------------------------------------------------------------------------------

request_id_now = None


def now(with_millis=True):
    seconds = time.time()
    text = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
    return text + (f".{int(seconds * 1000) % 1000:03d}Z" if with_millis else "Z")


class LineWriter:
    """Standard output whose every write is on its way at once, so that no crash swallows it."""

    def __init__(self, stream):
        self._stream = stream

    def write(self, text):
        written = self._stream.write(text)
        self._stream.flush()
        return written

    def __getattr__(self, name):
        return getattr(self._stream, name)


def install_logging():
    # Handlers that never log pay nothing: the module is prepared when they import it.
    class Prepare:
        def find_spec(self, name, path=None, target=None):
            if name != "logging":
                return None
            sys.meta_path.remove(self)
            spec = importlib.util.find_spec("logging")
            run = spec.loader.exec_module

            def exec_module(module):
                run(module)
                prepare_logging(module)

            spec.loader.exec_module = exec_module
            return spec

    if "logging" in sys.modules:
        prepare_logging(sys.modules["logging"])
    else:
        sys.meta_path.insert(0, Prepare())


def prepare_logging(logging):
    known = set(logging.LogRecord("", 0, "", 0, "", (), None).__dict__) | {"message", "asctime", "aws_request_id"}

    class Formatter(logging.Formatter):
        def format(self, record):
            message = record.getMessage()
            if record.exc_info and not record.exc_text:
                record.exc_text = self.formatException(record.exc_info)
            if not JSON_LOGS:
                text = f"[{record.levelname}]\t{self.time(record, True)}\t{request_id_now}\t{message}"
                if record.exc_text:
                    text += "\n" + record.exc_text
                return text.replace("\n", "\r")
            line = {
                "timestamp": self.time(record, False),
                "level": record.levelname,
                "message": message,
                "logger": record.name,
                "requestId": request_id_now,
            }
            if record.exc_info and record.exc_info[1]:
                error = record.exc_info[1]
                line["stackTrace"] = traceback.format_list(traceback.extract_tb(error.__traceback__))
                line["errorType"] = type(error).__name__
                line["errorMessage"] = str(error)
                line["location"] = f"{record.pathname}:{record.funcName}:{record.lineno}"
            line.update({name: value for name, value in record.__dict__.items() if name not in known})
            return json.dumps(line, default=str)

        @staticmethod
        def time(record, with_millis):
            text = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
            return text + (f".{int(record.msecs):03d}Z" if with_millis else "Z")

    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(Formatter())
    logging.root.handlers = [handler]
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL")
    if level:
        logging.root.setLevel({"TRACE": "DEBUG", "FATAL": "CRITICAL", "WARN": "WARNING"}.get(level, level))


# -- Finding the handler ---------------------------------------------------------------------------


def load_handler(name):
    try:
        module_name, function_name = name.rsplit(".", 1)
    except ValueError as error:
        raise Fault("Runtime.MalformedHandlerName", f"Bad handler '{name}': {error}") from None
    first = module_name.split(".")[0]
    if first in sys.builtin_module_names:
        raise Fault(
            "Runtime.BuiltInModuleConflict",
            f"Cannot use built-in module {module_name} as a handler module",
        )
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise Fault("Runtime.ImportModuleError", f"Unable to import module '{module_name}': {error}") from None
    except SyntaxError as error:
        raise Fault(
            "Runtime.UserCodeSyntaxError",
            f"Syntax error in module '{module_name}': {error}",
            [f'  File "{error.filename}" Line {error.lineno}\n    {(error.text or "").strip()}\n'],
        ) from None
    try:
        return getattr(module, function_name)
    except AttributeError:
        raise Fault(
            "Runtime.HandlerNotFound", f"Handler '{function_name}' missing on module '{module_name}'"
        ) from None


# -- One invocation after another ------------------------------------------------------------------


class Digits(float):
    """A number printed as its decimal has it."""

    def __init__(self, value):
        self._text = str(value) if value.is_finite() else "NaN"

    def __new__(cls, value):
        return float.__new__(cls, 0)

    def __repr__(self):
        return self._text


class Encoder(json.JSONEncoder):
    """JSON with decimals in it."""

    def default(self, value):
        if isinstance(value, decimal.Decimal):
            raise NeedsDigits()
        raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


class NeedsDigits(Exception):
    pass


def with_digits(value):
    if isinstance(value, decimal.Decimal):
        return Digits(value)
    if isinstance(value, dict):
        return {key: with_digits(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [with_digits(item) for item in value]
    return value


def number(value):
    text = repr(value)
    return {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}.get(text, text)


def printed(result):
    ascii_only = sys.version_info < (3, 12)
    try:
        return json.dumps(result, cls=Encoder, ensure_ascii=ascii_only)
    except NeedsDigits:
        # Only the encoder in Python itself asks a number how it is printed.
        encoder = Encoder(ensure_ascii=ascii_only)
        text = json.encoder._make_iterencode(
            {},
            encoder.default,
            json.encoder.py_encode_basestring_ascii if ascii_only else json.encoder.py_encode_basestring,
            None,
            number,
            ": ",
            ", ",
            False,
            False,
            False,
        )
        return "".join(text(with_digits(result), 0))


def invoke(api, handler, headers, body):
    global request_id_now
    request_id = headers.get("lambda-runtime-aws-request-id")
    request_id_now = request_id
    trace_id = headers.get("lambda-runtime-trace-id")
    if trace_id:
        os.environ["_X_AMZN_TRACE_ID"] = trace_id
    else:
        os.environ.pop("_X_AMZN_TRACE_ID", None)
    content_type = "application/json"
    try:
        event = body
        if headers.get("content-type", "application/json") == "application/json":
            try:
                event = json.loads(body.decode("utf-8"))
            except ValueError as error:
                raise Fault("Runtime.UnmarshalError", f"Unable to unmarshal input: {error}") from None
        result = handler(event, LambdaContext(headers))
        if isinstance(result, bytes):
            answer, content_type = result, "application/unknown"
        else:
            try:
                answer = printed(result).encode("utf-8")
            except (TypeError, ValueError) as error:
                raise Fault("Runtime.MarshalError", f"Unable to marshal response: {error}") from None
    except Fault as fault:
        fault.body["requestId"] = request_id
        fail(api, request_id, fault.body)
        return
    except Exception as error:
        fail(api, request_id, described(error, request_id))
        return
    api.post(f"invocation/{request_id}/response", {"Content-Type": content_type}, answer)


def fail(api, request_id, body):
    log_error(body, request_id)
    api.post(f"invocation/{request_id}/error", {"Content-Type": "application/json"}, json.dumps(body).encode("utf-8"))


def main():
    api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
    sys.stdout = LineWriter(sys.stdout)
    sys.stderr = LineWriter(sys.stderr)
    root = os.environ["LAMBDA_TASK_ROOT"]
    sys.path.insert(0, root)
    install_logging()
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except Fault as fault:
        body = fault.body
    except Exception as error:
        body = described(error, "")
    else:
        while True:
            headers, event = api.next()
            invoke(api, handler, headers, event)
    log_error(body, "")
    api.post("init/error", {"Lambda-Runtime-Function-Error-Type": body["errorType"]}, json.dumps(body).encode("utf-8"))
    sys.exit(1)


if __name__ == "__main__":
    main()
