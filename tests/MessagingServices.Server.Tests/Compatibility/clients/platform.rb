# Ruby's own client.
require "net/http"

sid = ENV["TWILIO_ACCOUNT_SID"]
uri = URI("https://api.twilio.com/2010-04-01/Accounts/#{sid}/Messages.json")
request = Net::HTTP::Post.new(uri)
request.basic_auth(sid, ENV["TWILIO_AUTH_TOKEN"])
request.set_form_data("To" => "+14155550123", "From" => "+14155550100", "Body" => "Hello")
answer = Net::HTTP.start(uri.host, uri.port, use_ssl: true) { |http| http.request(request) }
abort answer.body unless answer.code == "201"
