"""An external check of checkov, which runs image-preflight once over the plan and asks it about each resource.

    terraform show -json plan.bin > plan.json
    checkov -f plan.json --external-checks-dir integrations/checkov

The rules are in image-preflight: this file only passes on what it finds. A resource that is denied fails; one that is not decided yet is
unknown, which checkov does not count. checkov takes the resources of `planned_values`, which every plan of Terraform has, and gives a check
the path of the plan without the folder that it was started with: IMAGE_PREFLIGHT_PLAN names the plan where that is not the working directory.
"""

from __future__ import annotations

import json
import os
import subprocess
from functools import lru_cache
from typing import Any

from checkov.common.models.enums import CheckCategories, CheckResult
from checkov.terraform.checks.resource.base_resource_check import BaseResourceCheck

RESOURCES = [
    "huaweicloud_images_image_copy",
    "huaweicloud_ims_ecs_whole_image",
    "huaweicloud_ims_cbr_whole_image",
    # Some are requests that image-preflight does not know: these have no report.
    "huaweicloud_images_image",
    "flexibleengine_images_image_copy",
]


@lru_cache(maxsize=None)
def reports(plan: str) -> dict[str, dict[str, Any]]:
    """The report of each resource of a plan, by its address."""
    command = [os.environ.get("IMAGE_PREFLIGHT", "image-preflight"), "check", "--format", "json", "--input", "terraform", plan]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1, 3):
        raise RuntimeError(done.stderr.strip())
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {report["source"]["resource"]: report for report in lines}


def plan_of(entity_path: str) -> str:
    """The plan that checkov is reading: `entity_path` is `/plan.json:resource`, below the folder that is checked."""
    named = os.environ.get("IMAGE_PREFLIGHT_PLAN")
    if named:
        return named
    path = entity_path.split(".json:")[0].removesuffix(".json").lstrip("/") + ".json"
    if not os.path.isfile(path):
        raise RuntimeError(f"{path} is not below the working directory: set IMAGE_PREFLIGHT_PLAN to the plan that is checked")
    return path


class ImagePreflight(BaseResourceCheck):
    def __init__(self) -> None:
        super().__init__(
            name="The cloud accepts the request for this machine image",
            id="CKV2_IMAGE_PREFLIGHT_1",
            categories=[CheckCategories.GENERAL_SECURITY],
            supported_resources=RESOURCES,
        )

    def scan_resource_conf(self, conf: dict[str, Any]) -> CheckResult:
        report = reports(plan_of(self.entity_path)).get(conf.get("__address__", ""))
        if report is None or report["verdict"] == "undetermined":
            return CheckResult.UNKNOWN
        violated = [f for f in report["findings"] if f["outcome"] == "violated" and f["severity"] == "error"]
        self.details = [f"{f['rule']}: {f['message']}" for f in violated]
        self.evaluated_keys = [f["attribute"] for f in violated if "attribute" in f]
        return CheckResult.PASSED if report["verdict"] == "allowed" else CheckResult.FAILED


check = ImagePreflight()
