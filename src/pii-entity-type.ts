/**
 * A kind of personal data that Amazon Comprehend finds.
 *
 * @see https://docs.aws.amazon.com/comprehend/latest/dg/how-pii.html
 */
export class PiiEntityType {
  /** A physical address. */
  public static readonly ADDRESS = PiiEntityType.of('ADDRESS');

  /** An individual's age. */
  public static readonly AGE = PiiEntityType.of('AGE');

  /** An AWS access key id. */
  public static readonly AWS_ACCESS_KEY = PiiEntityType.of('AWS_ACCESS_KEY');

  /** An AWS secret access key. */
  public static readonly AWS_SECRET_KEY = PiiEntityType.of('AWS_SECRET_KEY');

  /** A US bank account number. */
  public static readonly BANK_ACCOUNT_NUMBER = PiiEntityType.of('BANK_ACCOUNT_NUMBER');

  /** A US bank routing number. */
  public static readonly BANK_ROUTING = PiiEntityType.of('BANK_ROUTING');

  /** A Canadian health service number. */
  public static readonly CA_HEALTH_NUMBER = PiiEntityType.of('CA_HEALTH_NUMBER');

  /** A Canadian social insurance number. */
  public static readonly CA_SOCIAL_INSURANCE_NUMBER = PiiEntityType.of('CA_SOCIAL_INSURANCE_NUMBER');

  /** The verification code of a credit or debit card. */
  public static readonly CREDIT_DEBIT_CVV = PiiEntityType.of('CREDIT_DEBIT_CVV');

  /** The expiration date of a credit or debit card. */
  public static readonly CREDIT_DEBIT_EXPIRY = PiiEntityType.of('CREDIT_DEBIT_EXPIRY');

  /** The number of a credit or debit card. */
  public static readonly CREDIT_DEBIT_NUMBER = PiiEntityType.of('CREDIT_DEBIT_NUMBER');

  /** A date, and a time of day. */
  public static readonly DATE_TIME = PiiEntityType.of('DATE_TIME');

  /** The number of a driver's license. */
  public static readonly DRIVER_ID = PiiEntityType.of('DRIVER_ID');

  /** An email address. */
  public static readonly EMAIL = PiiEntityType.of('EMAIL');

  /** An international bank account number (IBAN). */
  public static readonly INTERNATIONAL_BANK_ACCOUNT_NUMBER = PiiEntityType.of('INTERNATIONAL_BANK_ACCOUNT_NUMBER');

  /** An Indian Aadhaar number. */
  public static readonly IN_AADHAAR = PiiEntityType.of('IN_AADHAAR');

  /** An Indian NREGA number. */
  public static readonly IN_NREGA = PiiEntityType.of('IN_NREGA');

  /** An Indian permanent account number. */
  public static readonly IN_PERMANENT_ACCOUNT_NUMBER = PiiEntityType.of('IN_PERMANENT_ACCOUNT_NUMBER');

  /** An Indian voter number. */
  public static readonly IN_VOTER_NUMBER = PiiEntityType.of('IN_VOTER_NUMBER');

  /** An IPv4 address. */
  public static readonly IP_ADDRESS = PiiEntityType.of('IP_ADDRESS');

  /** The license plate of a vehicle. */
  public static readonly LICENSE_PLATE = PiiEntityType.of('LICENSE_PLATE');

  /** A media access control address. */
  public static readonly MAC_ADDRESS = PiiEntityType.of('MAC_ADDRESS');

  /** An individual's name. */
  public static readonly NAME = PiiEntityType.of('NAME');

  /** A passport number. */
  public static readonly PASSPORT_NUMBER = PiiEntityType.of('PASSPORT_NUMBER');

  /** A password. */
  public static readonly PASSWORD = PiiEntityType.of('PASSWORD');

  /** A phone number. */
  public static readonly PHONE = PiiEntityType.of('PHONE');

  /** A four-digit personal identification number. */
  public static readonly PIN = PiiEntityType.of('PIN');

  /** A US social security number. */
  public static readonly SSN = PiiEntityType.of('SSN');

  /** A SWIFT code of a bank. */
  public static readonly SWIFT_CODE = PiiEntityType.of('SWIFT_CODE');

  /** A UK National Health Service number. */
  public static readonly UK_NATIONAL_HEALTH_SERVICE_NUMBER = PiiEntityType.of('UK_NATIONAL_HEALTH_SERVICE_NUMBER');

  /** A UK national insurance number. */
  public static readonly UK_NATIONAL_INSURANCE_NUMBER = PiiEntityType.of('UK_NATIONAL_INSURANCE_NUMBER');

  /** A UK unique taxpayer reference. */
  public static readonly UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER = PiiEntityType.of('UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER');

  /** A web address. */
  public static readonly URL = PiiEntityType.of('URL');

  /** A user name of an account. */
  public static readonly USERNAME = PiiEntityType.of('USERNAME');

  /** A US individual taxpayer identification number. */
  public static readonly US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER = PiiEntityType.of(
    'US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER',
  );

  /** A vehicle identification number. */
  public static readonly VEHICLE_IDENTIFICATION_NUMBER = PiiEntityType.of('VEHICLE_IDENTIFICATION_NUMBER');

  /**
   * A kind that has no constant here.
   *
   * @param name Amazon Comprehend's name of it, such as `EMAIL`
   */
  public static of(name: string): PiiEntityType {
    return new PiiEntityType(name);
  }

  /**
   * Amazon Comprehend's name of it.
   */
  public readonly name: string;

  private constructor(name: string) {
    this.name = name;
  }
}
