"""An external check of checkov, which runs image-preflight once over the plan and asks it about each resource.

    terraform show -json plan.bin > plan.json
    IMAGE_PREFLIGHT_PLAN=plan.json checkov -f plan.json --external-checks-dir integrations/checkov

The rules are in image-preflight: this file only passes on what it finds. A resource that is denied fails; one that is not decided yet is
unknown, which checkov does not count. Without IMAGE_PREFLIGHT_PLAN the file that checkov reads is used.
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


class ImagePreflight(BaseResourceCheck):
    def __init__(self) -> None:
        super().__init__(
            name="The cloud accepts the request for this machine image",
            id="CKV2_IMAGE_PREFLIGHT_1",
            categories=[CheckCategories.GENERAL_SECURITY],
            supported_resources=RESOURCES,
        )

    def scan_resource_conf(self, conf: dict[str, Any]) -> CheckResult:
        plan = os.environ.get("IMAGE_PREFLIGHT_PLAN") or self.entity_path.split(":")[0]
        report = reports(plan).get(conf.get("__address__", ""))
        if report is None or report["verdict"] == "undetermined":
            return CheckResult.UNKNOWN
        violated = [f for f in report["findings"] if f["outcome"] == "violated" and f["severity"] == "error"]
        self.details = [f"{f['rule']}: {f['message']}" for f in violated]
        self.evaluated_keys = [f["attribute"] for f in violated if "attribute" in f]
        return CheckResult.PASSED if report["verdict"] == "allowed" else CheckResult.FAILED


check = ImagePreflight()
