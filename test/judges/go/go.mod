module mxt/judges

go 1.24

require (
	github.com/arran4/golang-ical v0.3.4
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3
)

require golang.org/x/text v0.14.0 // indirect
