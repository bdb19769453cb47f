# A policy of one's own, on manifests as they are composed in each environment. It names every breach, and ends in 1
# where there is one:
#
#   mxt validate --format json | jq --raw-output --from-file policy.jq

def team: .source.file | split("/")[1];
def breach($why): "\(.source.file):\(.source.line): \(.name) in \(.environment): \($why)";

[
  .composed[]
  | (
      select((.environment // "" | startswith("production")) and .manifest.lifecycle.protect != true)
      | breach("what is in production is protected")
    ),
    (
      select(team as $team | (.manifest.tags // []) | index($team) | not)
      | breach("has the tag of its team, \(team)")
    ),
    (
      select(.manifest.action_type == "cluster" and (.manifest.action_config.filters // {}) == {})
      | breach("clusters everything: name filters")
    )
]
| if length == 0 then "No breach." else (join("\n") + "\n" | halt_error(1)) end
