// Java's own client. Twilio's SDK uses Apache's, which reads the same properties.
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.Base64;

class Platform {
    public static void main(String[] arguments) throws IOException {
        String sid = System.getenv("TWILIO_ACCOUNT_SID");
        String basic = Base64.getEncoder().encodeToString((sid + ":" + System.getenv("TWILIO_AUTH_TOKEN")).getBytes());
        HttpURLConnection connection = (HttpURLConnection) new URL(
            "https://api.twilio.com/2010-04-01/Accounts/" + sid + "/Messages.json").openConnection();
        connection.setRequestProperty("Authorization", "Basic " + basic);
        connection.setDoOutput(true);
        connection.getOutputStream().write("To=%2B14155550123&From=%2B14155550100&Body=Hello".getBytes());
        if (connection.getResponseCode() != 201) throw new IOException("status " + connection.getResponseCode());
    }
}
