using System.Globalization;
using CsCheck;
using MessagingServices.Domain.Extracts;

namespace MessagingServices.Domain.Tests.Extracts;

/// <summary>Properties of the codes of all texts.</summary>
public sealed class CodeProperties
{
    private static readonly string[] Sentences =
    [
        "Your code is {0}.", "{0} is your Northwind verification code. It expires in 10 minutes.", "Code: {0}",
        "Ihr Code lautet {0}", "Votre code est {0}, ne le partagez pas.", "Tu código es {0}", "O seu código é {0}",
        "Il tuo codice è {0}", "Kod: {0}", "Doğrulama kodunuz: {0}", "Ваш код: {0}", "رمز التحقق: {0}",
        "您的验证码是{0}，请勿泄露", "確認コード：{0}", "인증번호 [{0}]", "आपका OTP {0} है", "Mã xác nhận: {0}",
        "Use {0} to log in", "Log in on our page with {0}.", "{0}", "Your code:\n{0}\nDo not share it.",
        "Your code for order 55120 is {0}", "[Northwind] {0} is your one-time password",
    ];

    private static readonly Gen<string> Digits = Gen.Int[4, 8].SelectMany(length =>
        Gen.Char['0', '9'].Array[length]).Select(digits => new string(digits));

    /// <summary>Dates, times, prices, phone numbers and the like.</summary>
    private static readonly Gen<string> NoCode = Gen.OneOf(
        Gen.Select(Gen.Int[1, 28], Gen.Int[1, 12], Gen.Int[1990, 2040],
            Gen.OneOf("{0:00}/{1:00}/{2}", "{0}.{1}.{2}", "{2}-{1:00}-{0:00}", "{0:00}-{1:00}-{2}", "{1}/{0}/{2}"))
            .Select((day, month, year, format) => Format(format, day, month, year)),
        Gen.Select(Gen.Int[0, 23], Gen.Int[0, 59], Gen.Int[0, 59], Gen.OneOf("{0:00}:{1:00}", "{0:00}:{1:00}:{2:00}"))
            .Select((hour, minute, second, format) => Format(format, hour, minute, second)),
        Gen.Select(Gen.Int[1, 99999], Gen.Int[0, 99], Gen.OneOf(
            "${0}.{1:00}", "€{0},{1:00}", "{0},{1:00} €", "{0} EUR", "USD {0}", "Rs. {0}", "{0} kr", "₹{0}", "{0} TL",
            "¥{0}", "{0} zł", "{0}%", "R$ {0},{1:00}", "{0} руб."))
            .Select((whole, part, format) => Format(format, whole, part)),
        Gen.Select(Gen.Int[200, 999], Gen.Int[200, 999], Gen.Int[1000, 9999], Gen.OneOf(
            "+1{0}{1}{2}", "({0}) {1}-{2}", "{0}-{1}-{2}", "+1 {0} {1} {2}", "{0}.{1}.{2}", "+44 20 {2} {2}",
            "0{0}/{1}{2}", "+49 {0} {1}{2}", "1-800-{0}-{2}"))
            .Select((area, prefix, line, format) => Format(format, area, prefix, line)),
        Gen.Select(Gen.Int[1, 9999], Gen.OneOf("{0} minutes", "{0} min", "{0} hours", "{0} Minuten", "{0} минут"))
            .Select((count, format) => Format(format, count)),
        Gen.Select(Gen.Int[0, 9999], Gen.OneOf(
            "card ending in {0:0000}", "card *{0:0000}", "XX{0:0000}", "****{0:0000}"))
            .Select((ending, format) => Format(format, ending)),
        Gen.Select(Gen.Int[1000, 99999999], Gen.OneOf(
            "order {0}", "order #{0}", "invoice no. {0}", "ticket {0}", "ref {0}"))
            .Select((number, format) => Format(format, number)));

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.String, Gen.OneOf(
            "code", " ", "123", "-", "456", "\n", "https://", "a.example", "/", "(", ")", "@", "#", "验证码", "是", "٤", "1",
            "\uD83D", "\uDE00", ":", ".", "G-", "AB12", "is your", "*", "\u200E", "é", "е\u0301", "%", "<#>", "www.", "+", "Kod")
            .List[0, 40].Select(string.Concat));

    [Fact]
    public void Code_in_a_sentence_is_the_best() =>
        Gen.Select(Digits, Gen.OneOf(Sentences)).Where((code, sentence) => IsClear(code, sentence)).Sample(
            (code, sentence) => MessageExtracts.Of(Format(sentence, code)).Codes is [var best] && best == code);

    [Fact]
    public void Separators_are_no_part_of_a_code() =>
        Gen.Select(Gen.Char['0', '9'].Array[6], Gen.OneOf(" ", "-", "\u2011", "\u00A0"), Gen.OneOf(Sentences[..18]))
            .Sample((digits, separator, sentence) => MessageExtracts.Of(Format(sentence,
                new string(digits[..3]) + separator + new string(digits[3..]))).Codes is [var best]
                    && best == new string(digits));

    [Fact]
    public void Dates_times_prices_phone_numbers_and_orders_are_no_codes() =>
        Gen.Select(NoCode, Gen.OneOf("{0}", "See {0}.", "Hi Ana, {0} it is", "Am {0}", "{0} ok", "für {0}, danke"))
            .Sample((text, sentence) => MessageExtracts.Of(Format(sentence, text)).Codes is []);

    [Fact]
    public void They_are_none_beside_a_code_either() =>
        Gen.Select(Digits, NoCode, Gen.OneOf(
            "Your code is {0}. {1}.", "{1}: your code is {0}.", "{0} is your login code for {1}",
            "Your code for {1}: {0}"))
            .Where((code, _, _) => !IsYear(code))
            .Sample((code, other, sentence) =>
                MessageExtracts.Of(Format(sentence, code, other)).Codes is [var best] && best == code);

    [Fact]
    public void Code_alone_in_a_link_is_found() =>
        Digits.Sample(code =>
            MessageExtracts.Of($"Sign in: https://a.example/?code={code}&lang=en").Codes is [var best] && best == code);

    [Fact]
    public void Every_text_has_codes_of_4_to_12_ASCII_letters_and_digits_each_once() => AnyText.Sample(text =>
    {
        var codes = MessageExtracts.Of(text).Codes;
        return codes.Distinct().Count() == codes.Count
            && codes.All(code => code.Length is >= 4 and <= 12 && code.All(char.IsAsciiLetterOrDigit));
    });

    private static string Format(string format, params object[] values) =>
        string.Format(CultureInfo.InvariantCulture, format, values);

    private static bool IsYear(string code) => code is ['1', '9', _, _] or ['2', '0', _, _];

    /// <summary>A bare year may be a year; a number alone in a text is a code when it has no other meaning.</summary>
    private static bool IsClear(string code, string sentence) =>
        !IsYear(code) || sentence is not ("{0}" or "Log in on our page with {0}.");
}
