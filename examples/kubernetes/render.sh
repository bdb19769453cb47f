#!/bin/sh
# Prints cronjob.yaml for each environment that it reads:
#   mxt environments --format json | sh render.sh | kubectl apply --namespace mxt -f -
set -eu
template=$(dirname "$0")/cronjob.yaml

jq -r '.include[] | "\(.environment) \(.api_key_env)"' | while read -r environment variable; do
  # Kubernetes' names are lower case, without underscores or dots here.
  name=$(printf %s "$environment" | tr 'A-Z_.' 'a-z--')
  # Not all in the same minute.
  minute=$(($(printf %s "$environment" | cksum | cut -d ' ' -f 1) % 10))
  echo '---'
  sed -e "s/mxt-production/mxt-$name/g" \
    -e "s/--env, production\]/--env, '$environment']/" \
    -e "s/name: MP_API_KEY #/name: $variable #/" \
    -e "s|'\*/10 |'$minute-59/10 |" "$template"
done
