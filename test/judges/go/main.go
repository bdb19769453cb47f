// What Go makes of a calendar and of the schemas. Usage: judges calendar FILE | judges schemas FILE, JSON on stdout.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"

	ics "github.com/arran4/golang-ical"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

func main() {
	answer, err := map[string]func(string) (any, error){"calendar": calendar, "schemas": schemas}[os.Args[1]](os.Args[2])
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
