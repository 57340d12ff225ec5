# A policy on reports, not on requests: the rules are in image-preflight.
#   image-preflight check --format json cases.ndjson | jq -s . | conftest test --policy integrations/conftest -
package main

import rego.v1

reports := input if is_array(input)

reports := [input] if is_object(input)

place(report, finding) := sprintf("%s:%d", [report.source.file, object.get(finding, ["region", "line"], report.source.line)])

deny contains message if {
	some report in reports
	some finding in report.findings
	finding.severity == "error"
	finding.outcome == "violated"
	not object.get(finding, "overridden", false)
	message := sprintf("%s: %s: %s", [place(report, finding), finding.rule, finding.message])
}

warn contains message if {
	some report in reports
	report.verdict == "undetermined"
	where := sprintf("%s:%d", [report.source.file, report.source.line])
	message := concat("", [where, ": not decided yet; missing: ", concat(", ", report.missing)])
}

warn contains message if {
	some report in reports
	some finding in report.findings
	finding.severity == "warning"
	finding.outcome == "violated"
	message := sprintf("%s: %s: %s", [place(report, finding), finding.rule, finding.message])
}
