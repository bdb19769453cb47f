// What Go makes of calendars, schemas and reports. Usage: judges calendar|schemas|sarif|junit FILE, JSON on stdout.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"

	ics "github.com/arran4/golang-ical"
	"github.com/joshdk/go-junit"
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

func main() {
	answer, err := map[string]func(string) (any, error){
		"calendar": calendar, "schemas": schemas, "sarif": sarifReport, "junit": junitReport,
	}[os.Args[1]](os.Args[2])
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(answer)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Each event as "summary|beginning|end|description", in order; whole days as dates.
func calendar(path string) (any, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	parsed, err := ics.ParseCalendar(file)
	if err != nil {
		return nil, err
	}
	lines := []string{}
	for _, event := range parsed.Events() {
		text := func(name ics.ComponentProperty) string { return event.GetProperty(name).Value }
		start, end := "", ""
		if values := event.GetProperty(ics.ComponentPropertyDtStart).ICalParameters["VALUE"]; len(values) == 1 && values[0] == "DATE" {
			day, err := event.GetAllDayStartAt()
			if err != nil {
				return nil, err
			}
			start, end = day.Format("2006-01-02"), text(ics.ComponentPropertyDuration)
		} else {
			from, err := event.GetStartAt()
			if err != nil {
				return nil, err
			}
			start, end = fmt.Sprint(from.Unix()), text(ics.ComponentPropertyDuration)
		}
		lines = append(lines, strings.Join([]string{text(ics.ComponentPropertySummary), start, end, text(ics.ComponentPropertyDescription)}, "|"))
	}
	sort.Strings(lines)
	return lines, nil
}

// Whether each document of {schemas: {name: schema}, documents: [{schema, value}]} is valid.
func schemas(path string) (any, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	read, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		return nil, err
	}
	input := read.(map[string]any)
	compiled := map[string]*jsonschema.Schema{}
	for name, schema := range input["schemas"].(map[string]any) {
		compiler := jsonschema.NewCompiler()
		if err := compiler.AddResource("mxt:"+name, schema); err != nil {
			return nil, err
		}
		if compiled[name], err = compiler.Compile("mxt:" + name); err != nil {
			return nil, err
		}
	}
	verdicts := []bool{}
	for _, one := range input["documents"].([]any) {
		document := one.(map[string]any)
		verdicts = append(verdicts, compiled[document["schema"].(string)].Validate(document["value"]) == nil)
	}
	return verdicts, nil
}

// Each result of a SARIF log that fits its schema, as "level|rule|uri|line|message".
func sarifReport(path string) (any, error) {
	report, err := sarif.Open(path)
	if err != nil {
		return nil, err
	}
	// What this reader writes empty where it read nothing, and its schema does not take.
	run := report.Runs[0]
	run.NewlineSequences, run.Language, run.Tool.Driver.Language = []string{"\n"}, "en-US", "en-US"
	if err := report.Validate(); err != nil {
		return nil, err
	}
	lines := []string{}
	for _, result := range run.Results {
		place := result.Locations[0].PhysicalLocation
		lines = append(lines, fmt.Sprintf("%s|%s|%s|%d|%s",
			result.Level, *result.RuleID, *place.ArtifactLocation.URI, *place.Region.StartLine, *result.Message.Text))
	}
	return lines, nil
}

// Each case of a JUnit report as "status|class|name|message".
func junitReport(path string) (any, error) {
	suites, err := junit.IngestFile(path)
	if err != nil {
		return nil, err
	}
	lines := []string{}
	for _, suite := range suites {
		for _, test := range suite.Tests {
			lines = append(lines, fmt.Sprintf("%s|%s|%s|%s", test.Status, test.Classname, test.Name, test.Message))
		}
	}
	return lines, nil
}
