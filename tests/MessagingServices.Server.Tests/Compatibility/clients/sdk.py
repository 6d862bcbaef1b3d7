# Twilio's SDK of the distribution: older than 7.9.1, so it knows no REQUESTS_CA_BUNDLE.
import os
from twilio.rest import Client

client = Client(os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"])
message = client.messages.create(to="+14155550123", from_="+14155550100", body="Hello")
assert message.sid in [listed.sid for listed in client.messages.list(limit=5)]
