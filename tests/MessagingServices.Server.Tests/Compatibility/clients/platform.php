<?php
// PHP's own curl, as Twilio's SDK uses it: the answer to CONNECT comes with the headers.
$sid = getenv('TWILIO_ACCOUNT_SID');
$curl = curl_init("https://api.twilio.com/2010-04-01/Accounts/$sid/Messages.json");
curl_setopt_array($curl, [
    CURLOPT_HEADER => true, CURLOPT_RETURNTRANSFER => true, CURLOPT_USERPWD => "$sid:" . getenv('TWILIO_AUTH_TOKEN'),
    CURLOPT_POSTFIELDS => http_build_query(['To' => '+14155550123', 'From' => '+14155550100', 'Body' => 'Hello']),
]);
$answer = curl_exec($curl);
if ($answer === false || strpos($answer, "HTTP/1.1 200 Connection established\r\n\r\n") !== 0
    || curl_getinfo($curl, CURLINFO_RESPONSE_CODE) !== 201) {
    echo curl_error($curl), $answer;
    exit(1);
}
