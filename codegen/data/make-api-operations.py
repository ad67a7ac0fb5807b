#!/usr/bin/env python3
"""Makes `api-operations.txt`, which lies beside this script, from the service models that come with botocore.

    pip install botocore==1.43.11
    python3 codegen/data/make-api-operations.py

The same version of botocore makes the same bytes. What the text looks like is said in its first lines. To add a service,
add it to SDK; to add an action of an optimised integration, add it to INTEGRATIONS.
"""

import collections
import pathlib
import re
import sys

import botocore
import botocore.loaders

OUTPUT = pathlib.Path(__file__).with_name("api-operations.txt")

HEADER = """\
# The operations of AWS APIs that Task states call, with the shapes of what they take and answer.
#
# Made by make-api-operations.py from the service models of botocore {version}: do not edit. Those models are
# Copyright Amazon.com, Inc. or its affiliates, and licensed under the Apache License, Version 2.0. Documentation, patterns,
# the keys of maps and how a request is sent are left out; names are spelt as Step Functions spells them.
#
# integration NAME SERVICE      an optimised integration, and the service below that its actions are in; its lines are
#  ACTION [POLLED [POLLED2]]    an action, with the operation that `.sync` and `.sync:2` ask for the result
# service NAME [partly]         a service under its name in `aws-sdk` resources; `partly`: without some of its operations
# op NAME INPUT OUTPUT          an operation; a small first letter: as the optimised integration has it
#                               `-`: no members; `~Request` after the operation `Put`: the structure `PutRequest`
# NAME                          a structure; its lines are
#  MEMBER[!] TYPE               a member; `!`: required
# NAME = A|B|C                  a string that is one of these; lines that start with ` |` go on
#
# TYPE is a kind (`string`, `blob`, ...), `[TYPE]` for a list, `{{TYPE}}` for a map, or the name of a structure or of an enum.
# `A|B|C`: a string that is one of these, too.
# `(MIN..MAX)` after it bounds a number, the length of a text or the number of elements.
"""


def matching(names):
    """Chooses the operations whose whole name matches."""
    return re.compile(names).fullmatch


# Services with all their operations, or with those that are named: name in `aws-sdk` resources, name in botocore.
ALL = None
SDK = {
    "athena": ("athena", ALL),
    "batch": ("batch", ALL),
    "bedrock": ("bedrock", ["CreateModelCustomizationJob", "GetModelCustomizationJob"]),
    "cloudwatch": ("cloudwatch", ALL),
    "cloudwatchlogs": (
        "logs",
        matching(
            r".*Log(Group|Stream)s?|.*LogEvents|.*RetentionPolicy|.*ExportTasks?|(Start|Stop)Query|GetQueryResults|DescribeQueries"
            r"|.*(Metric|Subscription)Filters?|(Tag|Untag|ListTagsFor)Resource"
        ),
    ),
    "codebuild": ("codebuild", ALL),
    "databrew": ("databrew", ["StartJobRun", "ListJobRuns", "DescribeJobRun"]),
    "dynamodb": ("dynamodb", ALL),
    "ec2": (
        "ec2",
        [
            "CreateSnapshot",
            "CreateTags",
            "DescribeInstanceStatus",
            "DescribeInstances",
            "DescribeSnapshots",
            "RunInstances",
            "StartInstances",
            "StopInstances",
            "TerminateInstances",
        ],
    ),
    "ecs": (
        "ecs",
        matching(
            r"(?!.*(Daemon|Express))(.*Tasks?|.*Services?|.*Clusters?|.*TaskDefinition(s|Families)?|.*ContainerInstances?|.*TaskSet)"
            r"|(Tag|Untag)Resource"
        ),
    ),
    "eks": (
        "eks",
        [f"{verb}{noun}" for verb in ("Create", "Delete", "Describe") for noun in ("Cluster", "FargateProfile", "Nodegroup")],
    ),
    "emr": (
        "emr",
        [
            "AddJobFlowSteps",
            "CancelSteps",
            "DescribeCluster",
            "DescribeStep",
            "ModifyInstanceFleet",
            "ModifyInstanceGroups",
            "RunJobFlow",
            "SetTerminationProtection",
            "TerminateJobFlows",
        ],
    ),
    "emrcontainers": (
        "emr-containers",
        [
            "CreateVirtualCluster",
            "DeleteVirtualCluster",
            "DescribeVirtualCluster",
            "StartJobRun",
            "CancelJobRun",
            "DescribeJobRun",
        ],
    ),
    "emrserverless": (
        "emr-serverless",
        [
            "CreateApplication",
            "StartApplication",
            "StopApplication",
            "DeleteApplication",
            "GetApplication",
            "StartJobRun",
            "CancelJobRun",
            "GetJobRun",
        ],
    ),
    "eventbridge": ("events", ALL),
    "glue": (
        "glue",
        matching(
            r"(Start|Stop|Get|BatchGet)(Crawler|Workflow|Trigger)s?|(Start|Stop|Get|Resume)WorkflowRuns?|GetWorkflowRunProperties"
            r"|(Start|Get|BatchStop)JobRuns?|(Get|Reset)JobBookmark|GetCrawlerMetrics|(?!.*Column).*(Table|Partition|Database)s?"
            r"|(Start|Get|Cancel)DataQuality\w*Run"
        ),
    ),
    "kms": ("kms", ALL),
    "lambda": ("lambda", ALL),
    "mediaconvert": ("mediaconvert", ["CreateJob", "GetJob", "CancelJob"]),
    "rds": (
        "rds",
        matching(
            r"(Start|Stop|Reboot|Describe)DB(Instance|Cluster)s?|.*DB(Cluster)?Snapshots?|(Start|Cancel|Describe)ExportTasks?"
        ),
    ),
    "s3": (
        "s3",
        matching(
            r".*Objects?(V2|Versions|Acl|Attributes|Tagging|LegalHold|Retention)?|ListObjectVersions|.*MultipartUploads?|UploadPart(Copy)?"
            r"|ListParts|ListBuckets|(Create|Delete|Head)Bucket|(Get|Put|Delete)Bucket(Tagging|Policy|Versioning)|GetBucketLocation"
        ),
    ),
    "sagemaker": (
        "sagemaker",
        [
            "CreateEndpoint",
            "CreateEndpointConfig",
            "CreateModel",
            "UpdateEndpoint",
            *(
                f"{verb}{noun}Job"
                for verb in ("Create", "Describe")
                for noun in ("Training", "Transform", "Processing", "Labeling", "HyperParameterTuning")
            ),
        ],
    ),
    "secretsmanager": ("secretsmanager", ALL),
    "ses": ("ses", matching(r"Send.*|.*Templates?|.*Identit(y|ies).*")),
    "sesv2": ("sesv2", matching(r"Send.*|.*EmailTemplates?|.*Contacts?|.*ContactLists?|.*SuppressedDestinations?")),
    "sfn": ("stepfunctions", ALL),
    "sns": ("sns", ALL),
    "sqs": ("sqs", ALL),
    "ssm": (
        "ssm",
        matching(
            r".*Parameters?(ByPath|History)?|.*Commands?(Invocations?)?|.*AutomationExecutions?|.*AutomationStepExecutions"
            r"|(Create|Delete|Describe|Get|List)Documents?|SendAutomationSignal|DescribeInstanceInformation|.*ToResource|.*FromResource"
        ),
    ),
}

# What Step Functions says it cannot call, besides what answers with a stream of events.
UNSUPPORTED = {
    "cloudwatchlogs": {"GetLogObject", "StartLiveTail"},
    "lambda": {"InvokeAsync", "InvokeWithResponseStream"},
    "s3": {"SelectObjectContent"},
}

# Optimised integrations: the service, and for each action what is asked for the result with `.sync` and `.sync:2`.
INTEGRATIONS = {
    "apigateway": ("apigateway", {"invoke": []}),
    "athena": (
        "athena",
        {
            "startQueryExecution": ["GetQueryExecution"],
            "stopQueryExecution": [],
            "getQueryExecution": [],
            "getQueryResults": [],
        },
    ),
    "batch": ("batch", {"submitJob": ["DescribeJobs"]}),
    "bedrock": (
        "bedrock",
        {"invokeModel": [], "createModelCustomizationJob": ["GetModelCustomizationJob"]},
    ),
    "codebuild": (
        "codebuild",
        {
            "startBuild": ["BatchGetBuilds"],
            "startBuildBatch": ["BatchGetBuildBatches"],
            "retryBuildBatch": ["BatchGetBuildBatches"],
            "stopBuild": [],
            "stopBuildBatch": [],
            "deleteBuildBatch": [],
            "batchDeleteBuilds": [],
            "batchGetReports": [],
        },
    ),
    "databrew": ("databrew", {"startJobRun": ["ListJobRuns"]}),
    "dynamodb": ("dynamodb", {"getItem": [], "putItem": [], "updateItem": [], "deleteItem": []}),
    "ecs": ("ecs", {"runTask": ["DescribeTasks"]}),
    "eks": (
        "eks",
        {
            **{f"{verb}{noun}": [f"Describe{noun}"] for verb in ("create", "delete") for noun in ("Cluster", "FargateProfile", "Nodegroup")},
            "runJob": ["runJob"],
            "call": [],
        },
    ),
    "elasticmapreduce": (
        "emr",
        {
            "createCluster": ["DescribeCluster"],
            "terminateCluster": ["DescribeCluster"],
            "addStep": ["DescribeStep"],
            "cancelStep": [],
            "setClusterTerminationProtection": [],
            "modifyInstanceFleetByName": [],
            "modifyInstanceGroupByName": [],
        },
    ),
    "emr-containers": (
        "emrcontainers",
        {
            "createVirtualCluster": [],
            "deleteVirtualCluster": ["DescribeVirtualCluster"],
            "startJobRun": ["DescribeJobRun"],
        },
    ),
    "emr-serverless": (
        "emrserverless",
        {
            "createApplication": ["GetApplication"],
            "startApplication": ["GetApplication"],
            "stopApplication": ["GetApplication"],
            "deleteApplication": ["GetApplication"],
            "startJobRun": ["GetJobRun"],
            "cancelJobRun": ["GetJobRun"],
        },
    ),
    "events": ("eventbridge", {"putEvents": []}),
    "glue": ("glue", {"startJobRun": ["GetJobRun"]}),
    "http": ("http", {"invoke": []}),
    "lambda": ("lambda", {"invoke": []}),
    "mediaconvert": ("mediaconvert", {"createJob": ["GetJob"]}),
    "sagemaker": (
        "sagemaker",
        {
            "createEndpoint": [],
            "createEndpointConfig": [],
            "createModel": [],
            "updateEndpoint": [],
            **{
                f"create{noun}Job": [f"Describe{noun}Job"]
                for noun in ("Training", "Transform", "Processing", "Labeling", "HyperParameterTuning")
            },
        },
    ),
    "sns": ("sns", {"publish": []}),
    "sqs": ("sqs", {"sendMessage": []}),
    "states": ("sfn", {"startExecution": ["DescribeExecution", "describeExecution"]}),
}

# Operations that an optimised integration has in another form. A side (input, output) is a dictionary of members, where
# a type with a capital is a shape of the service and `!` makes the member required; "" stands for another operation, from
# which the rest is taken.
VARIANTS = {
    "apigateway": {
        "invoke": (
            {
                "ApiEndpoint!": "string",
                "Method!": "Method",
                "Headers": "lists",
                "Stage": "string",
                "Path": "string",
                "QueryParameters": "lists",
                "RequestBody": "document",
                "AllowNullValues": "boolean",
                "AuthType": "AuthType",
            },
            {name: "document" for name in ("Headers", "ResponseBody", "StatusCode", "StatusText")},
        ),
    },
    "bedrock": {
        "invokeModel": (
            {
                "modelId!": "string",
                "body": "document",
                "contentType": "string",
                "accept": "string",
                "trace": "string",
                "guardrailIdentifier": "string",
                "guardrailVersion": "string",
                "performanceConfigLatency": "string",
                "serviceTier": "string",
                "input": "document",
                "output": "document",
            },
            {"body": "document", "contentType": "string"},
        ),
    },
    "eks": {
        "runJob": (
            {
                "ClusterName!": "string",
                "CertificateAuthority!": "string",
                "Endpoint!": "string",
                "Job!": "document",
                "Namespace": "string",
                "LogOptions": "document",
            },
            {},
        ),
        "call": (
            {
                "ClusterName!": "string",
                "CertificateAuthority!": "string",
                "Endpoint!": "string",
                "Method!": "string",
                "Path!": "string",
                "QueryParameters": "document",
                "RequestBody": "document",
            },
            {name: "document" for name in ("ResponseBody", "StatusCode", "StatusText")},
        ),
    },
    "emr": {
        "createCluster": ({"": "RunJobFlow"}, {"ClusterId": "string"}),
        "terminateCluster": ({"ClusterId!": "string"}, {}),
        "addStep": (
            {"ClusterId!": "string", "Step!": "StepConfig", "ExecutionRoleArn": "string"},
            {"StepId": "string"},
        ),
        "cancelStep": ({"ClusterId!": "string", "StepId!": "string"}, {"CancelStepsInfo": "CancelStepsInfo"}),
        "setClusterTerminationProtection": ({"ClusterId!": "string", "TerminationProtected!": "boolean"}, {}),
        "modifyInstanceFleetByName": (
            {"ClusterId!": "string", "InstanceFleetName!": "string", "InstanceFleet!": "document"},
            {},
        ),
        "modifyInstanceGroupByName": (
            {"ClusterId!": "string", "InstanceGroupName!": "string", "InstanceGroup!": "document"},
            {},
        ),
    },
    "http": {
        "invoke": (
            {
                "ApiEndpoint!": "string",
                "Method!": "Method",
                "Authentication": "Connection",
                "InvocationConfig": "Connection",
                "Headers": "document",
                "QueryParameters": "document",
                "RequestBody": "document",
                "Transform": "Transform",
            },
            {name: "document" for name in ("Headers", "ResponseBody", "StatusCode", "StatusText")},
        ),
    },
    "lambda": {
        "invoke": ({"": "Invoke", "Payload": "document"}, {"": "Invoke", "Payload": "document"}),
    },
    "sfn": {
        "describeExecution": ({"": "DescribeExecution"}, {"": "DescribeExecution", "input": "document", "output": "document"}),
    },
}

# What an optimised integration calls that is no service of the SDK, as botocore would describe it.
ANY = {"shape": "document"}
TEXT = {"shape": "string"}
OWN_SHAPES = {
    "document": {"type": "structure", "members": {}, "document": True},
    "string": {"type": "string"},
    "boolean": {"type": "boolean"},
    "texts": {"type": "list", "member": TEXT},
    "lists": {"type": "map", "key": TEXT, "value": {"shape": "texts"}},
    "Method": {"type": "string", "enum": ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]},
    "AuthType": {"type": "string", "enum": ["NO_AUTH", "IAM_ROLE", "RESOURCE_POLICY"]},
    "Encoding": {"type": "string", "enum": ["NONE", "URL_ENCODED"]},
    "ArrayFormat": {"type": "string", "enum": ["INDICES", "REPEAT", "COMMAS", "BRACKETS"]},
    "Connection": {"type": "structure", "members": {"ConnectionArn": TEXT}, "required": ["ConnectionArn"]},
    "EncodingOptions": {"type": "structure", "members": {"ArrayFormat": {"shape": "ArrayFormat"}}},
    "Transform": {
        "type": "structure",
        "members": {"RequestBodyEncoding": {"shape": "Encoding"}, "RequestEncodingOptions": {"shape": "EncodingOptions"}},
    },
}
OWN = {"apigateway", "http"}

# An enum that is used once stands in its place, if it is simple.
IN_PLACE = re.compile(r"(?=.{,90}$)[\w.:/-]+(\|[\w.:/-]+)+")

KINDS = {"string", "integer", "long", "float", "double", "boolean", "timestamp", "blob", "document"}
WIDTH = 120


def spelt(member):
    """A member as Step Functions spells it."""
    if member in ("equals", "Equals"):
        return "EqualsValue"
    return member[0].upper() + member[1:]


def uses(shapes):
    """How often each shape is named by another one."""
    named = [inner for shape in shapes for inner in shape.get("members", {}).values()]
    for shape in shapes:
        named += [shape[inner] for inner in ("member", "value", "key") if isinstance(shape.get(inner), dict)]
    return collections.Counter(inner["shape"] for inner in named)


class Writer:
    """Writes the section of one service, with the shapes that its operations reach."""

    def __init__(self, name, model):
        self.name = name
        self.operations = model["operations"]
        self.shapes = model["shapes"]
        self.uses = uses(model["shapes"].values())
        self.reached = {}
        self.waiting = []

    def section(self, wanted):
        lines = []
        for operation in self.chosen(wanted):
            sides = [self.side(self.operations[operation], side) for side in ("input", "output")]
            lines.append(" ".join(["op", operation, *(shortened(side, operation) for side in sides)]))
        for operation, sides in VARIANTS.get(self.name, {}).items():
            names = [self.variant(operation, side, members) for side, members in zip(("input", "output"), sides)]
            lines.append(" ".join(["op", operation, *(shortened(name, operation) for name in names)]))
        while self.waiting:
            name = self.waiting.pop()
            self.reached[name] = self.definition(self.shapes[name], name)
        shapes = (line for name in sorted(self.reached) for line in self.reached[name])
        partly = "" if wanted is ALL else " partly"
        return [f"service {self.name}{partly}", *sorted(lines), *shapes]

    def chosen(self, wanted):
        if callable(wanted):
            wanted = filter(wanted, self.operations)
        unsupported = UNSUPPORTED.get(self.name, ())
        return [name for name in wanted or self.operations if name not in unsupported and not self.streams(name)]

    def streams(self, operation):
        """Whether events flow in or out, which Step Functions cannot do."""
        sides = [self.operations[operation].get(side) for side in ("input", "output")]
        members = [member for side in sides if side for member in self.shapes[side["shape"]]["members"].values()]
        return any(self.shapes[member["shape"]].get("eventstream") for member in members)

    def side(self, operation, side):
        """The name of the structure of one side; `-` where it has no members."""
        shape = operation.get(side)
        if shape is None or not self.shapes[shape["shape"]]["members"]:
            return "-"
        return self.reach(shape["shape"])

    def variant(self, operation, side, changes):
        """Adds a structure of an optimised integration."""
        changes = dict(changes)
        name = f"{operation}{side.capitalize()}"
        base = changes.pop("", None)
        shape = self.shapes[self.operations[base][side]["shape"]] if base else {"members": {}}
        if not (base or changes):
            return "-"
        types = {name: self.type_of(member["shape"]) for name, member in shape["members"].items()}
        demanded = required(shape)
        for member, type_ in changes.items():
            if member.endswith("!"):
                demanded.add(member := member[:-1])
            types[member] = type_ if type_ in KINDS else self.type_of(type_)
        self.reached[name] = self.structure(name, types, demanded)
        return name

    def reach(self, name):
        if name in KINDS or not name.replace("_", "").isalnum():
            sys.exit(f"{self.name}: a shape must not be called {name}")
        if name not in self.reached:
            self.reached[name] = []
            self.waiting.append(name)
        return name

    def definition(self, shape, name):
        if shape["type"] == "structure":
            types = {member: self.type_of(inner["shape"]) for member, inner in shape["members"].items()}
            return self.structure(name, types, required(shape))
        return enum(name, shape["enum"])

    @staticmethod
    def structure(name, types, required):
        members = (f" {spelt(member)}{'!' * (member in required)} {types[member]}" for member in types)
        return [name, *sorted(members)]

    def type_of(self, name, above=()):
        shape = self.shapes[name]
        if name in above:
            sys.exit(f"{self.name}: {name} is in itself, with no structure in between")
        above = (*above, name)
        match shape["type"]:
            case "structure":
                return "document" if shape.get("document") else self.reach(name)
            case "list":
                return f"[{self.type_of(shape['member']['shape'], above)}]" + bounds(shape)
            case "map":
                return f"{{{self.type_of(shape['value']['shape'], above)}}}" + bounds(shape)
            case "string" if shape.get("enum"):
                in_place = "|".join(shape["enum"])
                if len(above) == 1 and self.uses[name] == 1 and IN_PLACE.fullmatch(in_place):
                    return in_place
                return self.reach(name)
            case kind:
                kind = {"character": "string", "bigdecimal": "double"}.get(kind, kind)
                if kind not in KINDS:
                    sys.exit(f"{self.name}: {name} is of the unknown kind {kind}")
                return kind + bounds(shape)


def required(shape):
    """What a caller must give. The SDK makes a token against repeated requests up where it is not there."""
    tokens = {name for name, member in shape["members"].items() if member.get("idempotencyToken")}
    return set(shape.get("required", ())) - tokens


def bounds(shape):
    lower, upper = shape.get("min"), shape.get("max")
    if shape["type"] not in ("integer", "long", "float", "double"):
        lower = lower or None
    show = lambda bound: "" if bound is None else f"{bound:g}" if isinstance(bound, float) else str(bound)
    return "" if lower is None and upper is None else f"({show(lower)}..{show(upper)})"


def shortened(structure, operation):
    """The structure of an operation, which is most often called after it."""
    name = structure.removeprefix(operation)
    return f"~{name}" if name and name != structure else structure


def enum(name, values):
    if any("|" in value or "\n" in value for value in values):
        sys.exit(f"a value of {name} cannot be written")
    lines = [f"{name} = "]
    for index, value in enumerate(values):
        if index and len(lines[-1]) + len(value) > WIDTH:
            lines.append(" |" + value)
        else:
            lines[-1] += f"|{value}" if index else value
    return lines


def integration(name, service, actions):
    return [f"integration {name} {service}", *(" ".join([f" {action}", *polled]) for action, polled in sorted(actions.items()))]


def main():
    loader = botocore.loaders.Loader()
    sections = [integration(name, *INTEGRATIONS[name]) for name in sorted(INTEGRATIONS)]
    for name in sorted(OWN | SDK.keys()):
        model, wanted = SDK.get(name, (None, ()))
        shapes = loader.load_service_model(model, "service-2") if model else {"operations": {}, "shapes": OWN_SHAPES}
        sections.append(Writer(name, shapes).section(wanted))
    text = HEADER.format(version=botocore.__version__) + "".join("\n".join(["", *section, ""]) for section in sections)
    OUTPUT.write_text(text, encoding="utf-8", newline="\n")
    for section in sections:
        print(f"{section[0]}: {len('/'.join(section)) // 1000} kB", file=sys.stderr)
    print(f"{len(text.encode())} bytes", file=sys.stderr)


main()
