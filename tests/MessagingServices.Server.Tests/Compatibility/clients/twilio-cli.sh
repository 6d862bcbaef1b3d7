# Twilio's command line, with the variables instead of a profile.
set -euo pipefail
node_modules/.bin/twilio phone-numbers:list
node_modules/.bin/twilio api:core:messages:create --from +14155550100 --to +14155550123 --body Hello
