# Apprise, a program for notifications: by the Python module requests.
set -euo pipefail
/usr/bin/python3 /usr/bin/apprise -b Hello "twilio://$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN@14155550100/14155550123"
