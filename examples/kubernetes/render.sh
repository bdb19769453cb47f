#!/bin/sh
# Prints cronjob.yaml for each environment, or group of them (--jobs), that it reads:
#   mxt environments --format json | sh render.sh | kubectl apply --namespace mxt -f -
#   mxt environments --jobs 200 --format json | sh render.sh | kubectl apply --namespace mxt -f -
set -eu
template=$(dirname "$0")/cronjob.yaml

# Kubernetes' names are lower case, without underscores or dots here.
nameOf() { printf %s "$1" | tr 'A-Z_.' 'a-z--'; }

jq -r '.include[] | "\(.environment) \(.api_key_env)"' | while read -r environment variable; do
  case $environment in
    *,*) # A group is called by its first, and its key is a secret by the name of the variable.
      first=${environment%%,*}
      others=$(printf %s "${environment#*,}" | tr ',' '\n' | grep -c '')
      name=$(nameOf "$first")-and-$others
      secret=$(nameOf "$variable")
      more=', --keep-going' # one that fails keeps no other from being done
      ;;
    *)
      name=$(nameOf "$environment")
      secret=$name
      more=
      ;;
  esac
  # Not all in the same minute.
  minute=$(($(printf %s "$environment" | cksum | cut -d ' ' -f 1) % 10))
  echo '---'
  sed -e "s/secretKeyRef: { name: mxt-production,/secretKeyRef: { name: mxt-$secret,/" \
    -e "s/  name: mxt-production/  name: mxt-$name/" -e "s/instance: mxt-production/instance: mxt-$name/" \
    -e "s/--env, production\]/--env, '$environment'$more]/" \
    -e "s/name: MP_API_KEY #/name: $variable #/" \
    -e "s|'\*/10 |'$minute-59/10 |" "$template"
done
