### Trở thành đối tác: nội dung dành cho người đăng ký và đối tác, cùng các email liên quan.

registration-nav-overview = Tổng quan
registration-nav = Đăng ký đối tác

registration-reference = Mã hồ sơ
registration-company = Doanh nghiệp
registration-tax-code = Mã số thuế
registration-status = Trạng thái
registration-letters-in = Ngôn ngữ email
registration-decision-by = Thời hạn quyết định
registration-by = chậm nhất
registration-since = từ
registration-submitted-at = Nộp lúc:

registration-state-awaiting = Đang chờ phê duyệt
registration-state-approved = Đã phê duyệt
registration-state-rejected = Bị từ chối
registration-state-withdrawn = Đã rút

registration-reason-company-not-verified = Chúng tôi không xác minh được doanh nghiệp.
registration-reason-details-do-not-match = Thông tin không khớp với đăng ký doanh nghiệp.
registration-reason-duplicate = Doanh nghiệp đã đăng ký làm đối tác bằng một tài khoản khác.
registration-reason-outside-programme = Lĩnh vực của doanh nghiệp không phù hợp với chương trình đối tác.
registration-reason-no-answer = Câu hỏi của chúng tôi chưa được trả lời.
registration-reason-other = Lý do khác, nêu bên dưới.

## Nộp hồ sơ

registration-become = Trở thành Đối tác { $provider }
registration-lede = Bán dịch vụ { $provider } cho khách hàng của bạn. Chúng tôi quyết định về hồ sơ trong vòng { $days } ngày làm việc.
registration-requirements = Điều kiện đối với tài khoản
registration-met = Đạt
registration-not-met = Chưa đạt
registration-requirement-registered = Đã đăng ký tài khoản với { $provider }
registration-requirement-independent = Không phải là khách hàng của một đối tác
registration-requirement-enterprise = Được phân loại là doanh nghiệp
registration-registered-met = { $email } đã được xác minh ngày { $date }.
registration-registered-unmet = { $email } chưa được xác minh.
registration-registered-fix = Hãy yêu cầu liên kết đặt mật khẩu mới: mở liên kết đó là xác nhận { $email } thuộc về bạn.
registration-registered-fix-link = Gửi liên kết cho tôi
registration-independent-met = Không có đối tác nào quản lý tài khoản này.
registration-independent-unmet = { $partner } đang quản lý tài khoản này.
registration-independent-fix = Khách hàng của một đối tác không thể đồng thời là đối tác. Hãy đề nghị { $partner } ngừng quản lý tài khoản, hoặc liên hệ bộ phận hỗ trợ của chúng tôi.
registration-enterprise-met = { $company }, mã số thuế { $code }
registration-enterprise-unmet = Đây là tài khoản cá nhân.
registration-enterprise-fix = Hãy cung cấp tên pháp lý và mã số thuế của doanh nghiệp; dịch vụ và số dư của bạn được giữ nguyên.
registration-enterprise-fix-link = Chuyển thành tài khoản doanh nghiệp
registration-enterprise-fix-root = Người dùng gốc của tài khoản có thể chuyển tài khoản thành tài khoản doanh nghiệp.
registration-not-yet = Bạn có thể nộp hồ sơ khi đạt cả ba điều kiện
registration-not-yet-text = Trang này kiểm tra lại mỗi khi bạn mở.
registration-not-all-met = Có điều kiện không còn đạt nên hồ sơ chưa được nộp. Xem cách khắc phục bên dưới.
registration-root-only = Chỉ người dùng gốc mới được nộp hồ sơ
registration-root-only-text = Khi nộp hồ sơ, doanh nghiệp chấp nhận điều khoản đối tác. Bạn đang đăng nhập bằng người dùng IAM; vui lòng nhờ người đăng nhập bằng email của người dùng gốc nộp hồ sơ.
registration-language = Chọn ngôn ngữ
registration-language-hint = Bạn đọc và chấp nhận điều khoản bằng ngôn ngữ này; email về hồ sơ cũng dùng ngôn ngữ này.
registration-terms = Điều khoản và điều kiện đối tác
registration-terms-version = Phiên bản { $version }
registration-terms-print = Mở để in
registration-print = In
registration-contents = Mục lục
registration-agree = Tôi đã đọc và thay mặt { $company } đồng ý với các điều khoản và điều kiện
registration-agree-missing = Hãy đánh dấu vào ô để xác nhận bạn đồng ý với điều khoản
registration-terms-changed = Điều khoản đã thay đổi kể từ khi bạn mở trang này. Vui lòng đọc phiên bản mới và đánh dấu lại; hồ sơ chưa được nộp.
registration-submitted = Hồ sơ của bạn đã được nộp.
registration-last-rejected = Hồ sơ gần nhất của bạn đã bị từ chối
registration-last-withdrawn = Bạn đã rút hồ sơ gần nhất
registration-again = Bạn có thể nộp hồ sơ lại bất cứ lúc nào.
registration-earlier = Các hồ sơ trước

## Tình trạng hồ sơ

registration-news-announce = Trạng thái hồ sơ của bạn đã thay đổi.
registration-panel-due = Chúng tôi quyết định chậm nhất vào
registration-panel-email = Sau đó chúng tôi gửi email đến { $email } và trang này hiển thị quyết định ngay.
registration-panel-asked = Chúng tôi có một câu hỏi dành cho bạn. Thời hạn quyết định tạm dừng cho đến khi bạn trả lời.
registration-panel-late = Chúng tôi chưa quyết định đúng thời hạn đã hứa và thành thật xin lỗi. Trưởng nhóm phụ trách đã được thông báo. Bạn không cần làm gì thêm; quyết định sẽ được gửi qua email và hiển thị tại đây.
registration-approved-since = Đối tác { $provider } từ
registration-open-workspace = Mở không gian đối tác
registration-about = Về hồ sơ này
registration-timeline = Hồ sơ của bạn
registration-question = Câu hỏi của chúng tôi
registration-answer = Câu trả lời của bạn
registration-answer-hint = Người xét duyệt đọc câu trả lời ngay trên cổng.
registration-answer-send = Gửi câu trả lời
registration-answer-empty = Hãy nhập câu trả lời
registration-answer-root-only = Người dùng gốc của tài khoản sẽ trả lời câu hỏi này.
registration-answer-overtaken = Không còn câu hỏi nào đang chờ trả lời. Xem tình trạng hồ sơ bên dưới.
registration-answered = Câu trả lời đã được gửi. Thời hạn quyết định tiếp tục được tính.
registration-answer-link = Trả lời câu hỏi
registration-words-too-long = Hãy viết không quá { $max } ký tự
registration-timeline-submitted = Bạn đã nộp hồ sơ
registration-timeline-submitted-text = { $person } đã chấp nhận điều khoản phiên bản { $version } bằng { $language }. Cả ba điều kiện đều đạt.
registration-timeline-taken = Người xét duyệt đã nhận hồ sơ
registration-timeline-taken-text = Từ đây, hồ sơ có một người phụ trách.
registration-timeline-asked = Chúng tôi đã đặt câu hỏi
registration-timeline-answered = Bạn đã trả lời
registration-timeline-answered-text = Thời hạn được tính tiếp từ đây, quyết định chậm nhất { $due }.
registration-timeline-delayed = Chúng tôi bị chậm
registration-timeline-delayed-text = Chúng tôi đã không quyết định trước { $due } như đã hứa, và đã báo cho trưởng nhóm cùng với bạn.
registration-timeline-approved-text = Không gian đối tác đã mở.
registration-timeline-withdrawn-text = Bạn đã rút hồ sơ.
registration-timeline-queue = Đang chờ người xét duyệt
registration-timeline-queue-text = Hồ sơ đang trong hàng chờ xét duyệt. Lúc này bạn không cần làm gì thêm.
registration-timeline-review = Đang xét duyệt
registration-timeline-review-text = Lúc này bạn không cần làm gì thêm. Nếu có câu hỏi, câu hỏi sẽ xuất hiện tại đây và được gửi qua email; thời hạn tạm dừng cho đến khi bạn trả lời.
registration-timeline-decision = Quyết định
registration-timeline-decision-text = Gửi qua email đến { $email } và hiển thị trên trang này cùng lúc.
registration-timeline-overdue = Thời hạn là { $due }: đã chậm { $time } tính theo giờ làm việc. Chúng tôi sẽ quyết định sớm nhất có thể.
registration-timeline-your-answer = Đang chờ câu trả lời của bạn
registration-timeline-your-answer-text = Thời hạn tạm dừng cho đến lúc đó.
registration-timeline-after-answer = Trong vòng { $time } làm việc sau khi bạn trả lời.
registration-timeline-after-answer-late = Sớm nhất có thể sau khi bạn trả lời: chúng tôi đã chậm từ trước khi đặt câu hỏi.
registration-timeline-workspace = Không gian đối tác mở
registration-time-days = { $count } ngày
registration-time-hours = { $count } giờ
registration-time-minutes = { $count } phút
registration-time-moment = chưa đến một phút
registration-withdraw = Rút hồ sơ
registration-withdraw-title = Rút hồ sơ?
registration-withdraw-text = Chúng tôi sẽ dừng xét duyệt. Bạn có thể nộp lại bất cứ lúc nào; khi đó thời hạn quyết định được tính lại từ đầu.
registration-withdraw-keep = Giữ hồ sơ
registration-withdrawn = Hồ sơ đã được rút.
registration-see-status = Xem tình trạng hồ sơ
registration-see-reason = Xem lý do và nộp lại
registration-receipt = Tải biên nhận

## Biên nhận

registration-receipt-title = Biên nhận chấp nhận điều khoản
registration-receipt-provider = Nhà cung cấp
registration-receipt-person = Người chấp nhận
registration-receipt-email = Địa chỉ email
registration-receipt-at = Thời điểm chấp nhận
registration-receipt-origin = Từ địa chỉ
registration-receipt-version = Phiên bản điều khoản
registration-receipt-language = Ngôn ngữ
registration-receipt-hash = Mã băm của văn bản
registration-receipt-text = Toàn văn đã chấp nhận nằm dưới đường kẻ, đúng nguyên bản. Mã băm được tính riêng cho văn bản này.
registration-receipt-unknown = không rõ

## Không gian đối tác

registration-managed = { $partner } quản lý tài khoản của bạn
registration-managed-text = { $partner } nạp tiền cho bạn và đặt giá cho bạn. Trong thời gian đó bạn không thể là đối tác của { $provider }.
registration-managed-more = Điều này có nghĩa gì
registration-workspace = Không gian đối tác
registration-workspace-lede = Chào mừng bạn đến với chương trình đối tác { $provider }.
registration-workspace-later = Không gian đối tác { $provider } sẽ mở tại đây khi hồ sơ được phê duyệt.
registration-partner = Đối tác { $provider }
registration-partnership = Quan hệ đối tác của bạn
registration-partner-since = Là đối tác từ
registration-history-link = Xem hồ sơ và lịch sử

## Khi không thực hiện được

registration-overtaken-title = Đã có người thao tác trước
registration-overtaken-text = Hồ sơ đã thay đổi kể từ khi bạn mở trang nên không có gì được thực hiện. Hãy quay lại và xem lại hồ sơ.
registration-refused-settled = Hồ sơ đã được quyết định hoặc đã rút.
registration-refused-question-open = Đã có một câu hỏi đang chờ trả lời.
registration-refused-no-question = Không còn câu hỏi nào đang chờ trả lời.
registration-refused-held = Một đồng nghiệp đang giữ hồ sơ này.
registration-refused-not-taken = Hãy nhận hồ sơ trước.
registration-refused-own-account = Đây là tài khoản của chính bạn: cần một đồng nghiệp quyết định.
registration-refused-role = Vai trò của bạn không cho phép thao tác này.
registration-refused-unmet = Tài khoản không còn đạt đủ các điều kiện nên không thể phê duyệt.
registration-refused-deadline = Lịch làm việc không đủ xa. Vui lòng báo cho quản trị viên.

## Email

letter-registration-see = Xem hồ sơ
letter-registration-case = Mở hồ sơ

letter-registration-awaiting-approval-subject = Hồ sơ trở thành Đối tác { $provider } của bạn đang chờ phê duyệt
letter-registration-awaiting-approval-lead = Chúng tôi đã nhận được hồ sơ của { $company } đăng ký trở thành Đối tác { $provider }. Hồ sơ hiện đang chờ phê duyệt.
letter-registration-awaiting-approval-next = Chúng tôi quyết định trong vòng { $days } ngày làm việc và sẽ gửi email cho bạn. Nếu có câu hỏi, thời hạn tạm dừng cho đến khi bạn trả lời.

letter-registration-question-subject = Câu hỏi về hồ sơ trở thành Đối tác { $provider } của bạn
letter-registration-question-lead = Trước khi quyết định về hồ sơ của { $company }, chúng tôi muốn hỏi:
letter-registration-question-next = Vui lòng trả lời trên cổng. Thời hạn quyết định tạm dừng cho đến lúc đó.
letter-registration-question-button = Trả lời câu hỏi

letter-registration-approved-subject = { $company } đã trở thành Đối tác { $provider }
letter-registration-approved-lead = Xin chúc mừng: hồ sơ của { $company } đã được phê duyệt.
letter-registration-approved-next = Không gian đối tác đã mở. Hãy đăng nhập bằng người dùng gốc của tài khoản.
letter-registration-approved-button = Mở không gian đối tác

letter-registration-rejected-subject = Hồ sơ trở thành Đối tác { $provider } của bạn chưa được phê duyệt
letter-registration-rejected-lead = Chúng tôi đã xem xét hồ sơ của { $company } đăng ký trở thành Đối tác { $provider } và không thể phê duyệt vì lý do sau:
letter-registration-rejected-next = Bạn có thể nộp hồ sơ lại bất cứ lúc nào, chẳng hạn sau khi đã khắc phục.

letter-registration-delayed-subject = Quyết định về hồ sơ Đối tác { $provider } của bạn cần thêm thời gian
letter-registration-delayed-lead = Chúng tôi dự kiến quyết định về hồ sơ của { $company } chậm nhất { $due } nhưng chưa thực hiện được. Chúng tôi thành thật xin lỗi.
letter-registration-delayed-next = Trưởng nhóm phụ trách đã được thông báo và sẽ xử lý. Bạn không cần làm gì thêm; thứ tự của hồ sơ được giữ nguyên.

letter-registration-new-case-subject = Hồ sơ mới: { $company } ({ $reference })
letter-registration-new-case-lead = { $company } đã nộp hồ sơ trở thành đối tác.

letter-registration-answered-subject = { $company } đã trả lời ({ $reference })
letter-registration-answered-lead = { $company } đã trả lời câu hỏi. Thời hạn tiếp tục được tính.

letter-registration-reminder-subject = Còn không quá một ngày làm việc: { $company } ({ $reference })
letter-registration-reminder-lead = Hồ sơ của { $company } cần được quyết định chậm nhất { $due }.

letter-registration-escalation-subject = Quá thời hạn: { $company } ({ $reference })
letter-registration-escalation-lead = Hồ sơ của { $company } lẽ ra phải được quyết định trước { $due } nhưng chưa có quyết định. Bên đăng ký đã được thông báo về việc chậm trễ.

letter-registration-sample-question = Chi nhánh nào của quý công ty sẽ làm việc với khách hàng, và ai là đầu mối liên hệ?
letter-registration-sample-answer = Văn phòng Đà Nẵng của chúng tôi. Đầu mối là chị Trần Thị Lan.
letter-registration-sample-rejection = Tên pháp lý trong đăng ký doanh nghiệp khác với tên đã khai. Vui lòng liên hệ bộ phận hỗ trợ để chỉnh lại.

## Lỗi của API

problem-registration-exists = Đã có hồ sơ đăng ký
problem-registration-exists-detail = Tài khoản có hồ sơ đang chờ duyệt hoặc đã là đối tác.
problem-terms-changed = Điều khoản đã thay đổi
problem-terms-changed-detail = Điều khoản hiện hành khác với điều khoản bạn nêu. Hãy đọc lại rồi nộp.
problem-requirements-not-met = Chưa đáp ứng điều kiện
problem-requirements-not-met-detail = Tài khoản chưa đáp ứng mọi điều kiện; xem /api/v1/account/requirements.
problem-registration-settled = Đã được quyết định hoặc đã rút
problem-registration-settled-detail = Hồ sơ đã được quyết định hoặc đã rút.
problem-question-open = Đang có câu hỏi chưa trả lời
problem-question-open-detail = Bên đăng ký đã được hỏi và chưa trả lời.
problem-no-question-open = Không có câu hỏi nào
problem-no-question-open-detail = Không có gì để trả lời.
problem-held-by-colleague = Đồng nghiệp đang giữ hồ sơ
problem-held-by-colleague-detail = Chỉ trưởng nhóm mới nhận hồ sơ từ đồng nghiệp.
problem-not-taken = Chưa ai nhận hồ sơ
problem-not-taken-detail = Hãy nhận hồ sơ trước.
problem-deadline = Thời hạn không cho phép
problem-deadline-detail = Lịch làm việc không đủ xa để tính thời hạn.
